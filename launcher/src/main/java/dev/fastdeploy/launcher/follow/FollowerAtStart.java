package dev.fastdeploy.launcher.follow;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.FollowWords;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Finds out what the container is to start, and stages it in the home. Retries while there is time:
 * at once the first time, then with jitter, because many containers start together.
 */
final class FollowerAtStart {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
  private static final int LONGEST_LINE = 600;

  /** Waits, so that tests can own the time. */
  @FunctionalInterface
  interface Sleep {

    /** Waits for a number of nanoseconds. */
    void nanos(long nanos) throws InterruptedException;
  }

  private final String name;
  private final Commit image;
  private final Surroundings surroundings;
  private final Duration timeout;
  private final Consumer<String> lines;
  private final LongSupplier clock;
  private final Sleep sleep;
  private final DoubleSupplier random;

  /**
   * @param name the environment's name, for messages
   * @param image the commit of the container's image
   * @param timeout time after which there is no further try
   * @param lines takes what the launcher reads; see {@link FollowWords}
   * @param clock monotonic, in nanoseconds
   * @param random from 0 to 1
   */
  FollowerAtStart(
      String name,
      Commit image,
      Surroundings surroundings,
      Duration timeout,
      Consumer<String> lines,
      LongSupplier clock,
      Sleep sleep,
      DoubleSupplier random) {
    this.name = name;
    this.image = image;
    this.surroundings = surroundings;
    this.timeout = timeout;
    this.lines = lines;
    this.clock = clock;
    this.sleep = sleep;
    this.random = random;
  }

  /** Finds the answer and prints it. */
  void answer() throws InterruptedException {
    long end = clock.getAsLong() + timeout.toNanos();
    Duration pause = FIRST_PAUSE;
    boolean said = false;
    while (true) {
      String reason;
      try {
        lines.accept(once());
        return;
      } catch (IOException failure) {
        reason = shortened(Diagnostics.reason(failure));
      }
      long wait = (long) (pause.toNanos() * (0.5 + random.getAsDouble()));
      if (clock.getAsLong() + wait - end >= 0) {
        lines.accept(FollowWords.UNKNOWN + " " + reason);
        return;
      }
      if (!said) {
        said = true;
        lines.accept(
            FollowWords.SAYS
                + "the stable release of "
                + name
                + " is not there yet: "
                + reason
                + "; trying again for "
                + timeout.toSeconds()
                + " s");
      }
      sleep.nanos(wait);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  private String once() throws IOException {
    Optional<Epoch> newest = surroundings.newest();
    if (newest.isPresent()) {
      surroundings.remember(newest.get().number());
    }
    Desired desired = Desired.of(name, newest, image);
    if (desired instanceof Desired.Stable stable) {
      if (!surroundings.isStaged(stable.commit())) {
        lines.accept(FollowWords.STAGING);
        surroundings.stage(stable.commit());
      }
      return FollowWords.STABLE + " " + stable.commit() + " " + newest.orElseThrow().number();
    }
    String why = ((Desired.Own) desired).why();
    if (!why.isEmpty()) {
      lines.accept(FollowWords.SAYS + shortened(why));
    }
    return FollowWords.OWN;
  }

  private static String shortened(String text) {
    return Text.shortened(text, LONGEST_LINE);
  }
}
