package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.benchmarks.service.BuiltRelease;
import dev.fastdeploy.contract.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A service that runs, with whatever it takes to reload it. Used by one thread at a time; {@link
 * #close} ends all of its processes.
 */
public interface Rig extends AutoCloseable {

  /** Returns the port of the service on the loopback address. */
  int port();

  /**
   * Lays out a release beside the running one; returns when it is there.
   *
   * @throws ReloadRefusedException if the release is not accepted
   */
  void stage(BuiltRelease release) throws IOException, InterruptedException;

  /**
   * Asks for the reload to a staged release, and returns without waiting for it. What becomes of it
   * the service's answers tell, and {@link #settle}.
   *
   * @throws ReloadRefusedException if it is refused at once
   */
  void reload(BuiltRelease release) throws IOException, InterruptedException;

  /**
   * Returns when the process announced its end for the last requested reload, by {@link
   * System#nanoTime}; empty if it did not.
   */
  default OptionalLong announcedNanos() {
    return OptionalLong.empty();
  }

  /**
   * Returns when the last settled reload reached its phases, in UTC milliseconds, as far as the way
   * tells.
   */
  default Map<Phase, Long> phases() {
    return Map.of();
  }

  /**
   * Returns why the last requested reload will not take place, or an empty string while it still
   * may.
   */
  String refusal();

  /**
   * Waits until the reload is over, as far as the way itself tells, and the next may be asked for.
   *
   * @return one line on it that a reader of the results should know; empty if all went as asked
   * @throws ReloadRefusedException if the reload did not take place, or was taken back
   * @throws IOException if it is not over in time
   */
  String settle(Duration timeout) throws IOException, InterruptedException;

  /** All of its processes that live. */
  Set<Long> processes();

  /** The last lines that its processes printed, to find out what went wrong. */
  List<String> lastLines();

  @Override
  void close();
}
