package dev.fastdeploy.benchmarks.simulation.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.simulation.Profile;
import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.rollout.Counts;
import dev.fastdeploy.benchmarks.simulation.rollout.Moment;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds at every moment of every rolling update. */
class RollingUpdateInvariantsTest {

  private static final int TASKS = 300;

  static Stream<EcsParameters> parameters() {
    List<EcsParameters> all = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      EcsParameters base = profile.ecs(TASKS, RestartTimes.PRELIMINARY);
      all.add(base);
      for (Term term : Term.values()) {
        all.add(base.without(term));
      }
      Random random = new Random(17);
      for (int i = 0; i < 30; i++) {
        all.add(changed(base, random));
      }
    }
    return all.stream();
  }

  private static EcsParameters changed(EcsParameters base, Random random) {
    return base.change()
        .tasks(10 + random.nextInt(500))
        .deployment(new Deployment(random.nextInt(100), 100 + random.nextInt(101)))
        .capacity(new Capacity(random.nextInt(101), 1 + random.nextInt(40)))
        .schedulerInterval(Duration.ofSeconds(random.nextInt(3) * 7L))
        .stop(new Stop(Duration.ofSeconds(random.nextInt(400))))
        .agent(
            random.nextBoolean()
                ? AgentBehaviour.WAITS_FOR_ROOM
                : AgentBehaviour.WAITS_FOR_ALL_STOPPING)
        .loadBalancer(random.nextBoolean() ? Optional.empty() : Optional.of(LoadBalancer.DEFAULTS))
        .application(
            base.application()
                .withDrain(
                    new Distribution.Exponential(Duration.ofSeconds(1 + random.nextInt(100)))))
        .build();
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void neverFewerThanTheMinimumNorMoreThanTheMaximumOrThanThereIsRoomFor(EcsParameters parameters) {
    int fewest = parameters.deployment().fewest(parameters.tasks());
    int most = parameters.deployment().most(parameters.tasks());

    Rollout rollout =
        RollingUpdate.simulate(
            parameters,
            3,
            moment -> {
              Counts counts = moment.counts();
              assertThat(counts.serving()).isGreaterThanOrEqualTo(fewest);
              assertThat(counts.oldRunning() + counts.newStarting() + counts.newRunning())
                  .isLessThanOrEqualTo(most);
              assertThat(counts.serving() + counts.newStarting() + counts.oldDraining())
                  .isLessThanOrEqualTo(parameters.capacity().places(parameters.tasks()));
            });

    assertThat(rollout.fewestServing()).isGreaterThanOrEqualTo(fewest);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void theCountsAddUpAndEveryOldTaskEnds(EcsParameters parameters) {
    Bookkeeping bookkeeping = new Bookkeeping(parameters.tasks());

    RollingUpdate.simulate(parameters, 3, bookkeeping);

    assertThat(bookkeeping.last.counts()).isEqualTo(new Counts(0, 0, 0, parameters.tasks()));
  }

  @Test
  void theSameSeedGivesTheSameRollout() {
    EcsParameters parameters = Profile.ORIGINAL.ecs(TASKS, RestartTimes.PRELIMINARY);

    List<Moment> once = moments(parameters, 5);

    assertThat(moments(parameters, 5)).isEqualTo(once);
    assertThat(moments(parameters, 6)).isNotEqualTo(once);
  }

  private static List<Moment> moments(EcsParameters parameters, long seed) {
    List<Moment> moments = new ArrayList<>();
    RollingUpdate.simulate(parameters, seed, moments::add);
    return moments;
  }

  /** Every instance is in one state, and moves on in one direction. */
  private static final class Bookkeeping implements Consumer<Moment> {

    private final int tasks;
    private Moment last;

    Bookkeeping(int tasks) {
      this.tasks = tasks;
      last = new Moment(0, new Counts(tasks, 0, 0, 0));
    }

    @Override
    public void accept(Moment moment) {
      Counts now = moment.counts();
      Counts before = last.counts();
      assertThat(moment.millis()).isGreaterThanOrEqualTo(last.millis());
      assertThat(List.of(now.oldRunning(), now.oldDraining(), now.newStarting(), now.newRunning()))
          .allMatch(count -> count >= 0 && count <= tasks);
      assertThat(now.oldRunning()).isLessThanOrEqualTo(before.oldRunning());
      assertThat(old(now)).isBetween(0, old(before));
      assertThat(newer(now)).isBetween(newer(before), tasks);
      assertThat(now.newRunning()).isGreaterThanOrEqualTo(before.newRunning());
      last = moment;
    }

    private static int old(Counts counts) {
      return counts.oldRunning() + counts.oldDraining();
    }

    private static int newer(Counts counts) {
      return counts.newStarting() + counts.newRunning();
    }
  }
}
