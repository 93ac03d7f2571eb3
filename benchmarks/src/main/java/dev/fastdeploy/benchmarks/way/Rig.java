package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.benchmarks.service.BuiltRelease;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A service that runs, with whatever it takes to reload it. Used by one thread at a time; {@link
 * #close} ends all of its processes.
 */
public interface Rig extends AutoCloseable {

  /** Where the service listens, on the loopback address. */
  int port();

  /**
   * Lays out a release beside the running one; returns when it is there.
   *
   * @throws RefusedException if the release is not accepted
   */
  void stage(BuiltRelease release) throws IOException, InterruptedException;

  /**
   * Asks for the reload to a staged release, and returns without waiting for it. What becomes of it
   * the service's answers tell, and {@link #settle}.
   *
   * @throws RefusedException if it is refused at once
   */
  void reload(BuiltRelease release) throws IOException, InterruptedException;

  /**
   * When the process was heard to announce that it ends for the reload asked for last, by {@link
   * System#nanoTime}; nothing if it was not.
   */
  default OptionalLong announcedNanos() {
    return OptionalLong.empty();
  }

  /** Why the reload that was asked for last will not take place; empty while it still may. */
  String refusal();

  /**
   * Waits until the reload is over, as far as the way itself tells, and the next may be asked for.
   *
   * @return one line on it that a reader of the results should know; empty if all went as asked
   * @throws RefusedException if the reload did not take place, or was taken back
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
