package dev.fastdeploy.benchmarks.simulation.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.simulation.Profile;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where there is room for all, the new tasks do not wait for each other, and it can be proved that
 * each part of the delay only delays: the draws of the others stay as they are. Where there is not,
 * an earlier look may place a few tasks earlier and begin a pause later, so that nothing can be
 * proved; {@code CalibrationTest} looks at the profiles themselves.
 */
class RollingUpdateMonotonicityTest {

  @ParameterizedTest
  @EnumSource(Term.class)
  void switchingAPartOffNeverMakesItSlowerWhereThereIsRoomForAll(Term term) {
    for (Profile profile : Profile.values()) {
      EcsParameters roomForAll = profile.ecs(400, RestartTimes.PRELIMINARY).without(Term.CAPACITY);
      for (int seed = 0; seed < 20; seed++) {
        Rollout with = RollingUpdate.simulate(roomForAll, seed);
        Rollout without = RollingUpdate.simulate(roomForAll.without(term), seed);

        assertThat(without.until(100)).isLessThanOrEqualTo(with.until(100));
        assertThat(without.until(50)).isLessThanOrEqualTo(with.until(50));
      }
    }
  }
}
