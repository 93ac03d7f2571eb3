package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Probation;
import java.time.Duration;

/**
 * The times in which a release that was reloaded in place must prove itself; see {@link Probation}.
 *
 * @param readyTimeout the time within which it must be ready
 * @param readyAfter the time that it must have run to count as ready; zero if it says so itself
 * @param soak the time that it must stay ready
 */
public record ProbationTimes(Duration readyTimeout, Duration readyAfter, Duration soak) {

  Probation begin(long nanos) {
    return new Probation(nanos, readyTimeout, readyAfter, soak);
  }
}
