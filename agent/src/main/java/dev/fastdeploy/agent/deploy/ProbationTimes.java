package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Probation;
import java.time.Duration;

/**
 * How long a release that was reloaded in place has to prove itself; see {@link Probation}.
 *
 * @param readyTimeout until when it must be ready
 * @param readyAfter how long it must have run to count as ready; zero if it says so itself
 * @param soak how long it must stay ready
 */
public record ProbationTimes(Duration readyTimeout, Duration readyAfter, Duration soak) {

  Probation begin(long nanos) {
    return new Probation(nanos, readyTimeout, readyAfter, soak);
  }
}
