package dev.fastdeploy.benchmarks.simulation;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.benchmarks.simulation.rollout.Summary;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StudyTest {

  private static final List<Integer> NO_SIZES = List.of();

  @Test
  @Timeout(60)
  void twentyThousandTasksTakeSeconds() {
    Study study = Study.of(scenario(400, Set.of()), List.of(100, 20_000));

    assertThat(study.sizes()).extracting(Size::tasks).containsExactly(100, 20_000);
    assertThat(study.sizes().get(1).ecs().tasks()).isEqualTo(20_000);
  }

  @Test
  void everyTermHasItsContributionUnlessItIsSwitchedOff() {
    assertThat(Study.of(scenario(400, Set.of()), NO_SIZES).contributions())
        .extracting(Contribution::term)
        .containsExactly(Term.values());
    assertThat(Study.of(scenario(400, Set.of(Term.STOP, Term.START)), NO_SIZES).contributions())
        .extracting(Contribution::term)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(Term.STOP, Term.START)));
  }

  @Test
  void withEveryTermSwitchedOffNothingTakesTime() {
    Study study = Study.of(scenario(400, EnumSet.allOf(Term.class)), NO_SIZES);

    assertThat(study.ecs().untilEnd()).isLessThan(Duration.ofMillis(10));
    assertThat(study.fastdeploy().untilEnd()).isZero();
  }

  @Test
  void theFirstOfTheAttemptsAndAssumptionsIsTheScenarioItself() {
    Study study = Study.of(scenario(400, Set.of()), NO_SIZES);
    Summary asIs = study.ecs().summary();

    assertThat(study.attempts().get(0).ecs()).isEqualTo(asIs);
    assertThat(study.assumptions().get(0).ecs()).isEqualTo(asIs);
    assertThat(study.assumptions().get(0).fastdeploy()).isEqualTo(study.fastdeploy().summary());
  }

  @Test
  void noAttemptMakesItSlowerAndAllTogetherHelpMost() {
    Study study = Study.of(scenario(Profile.ORIGINAL_TASKS, Set.of()), NO_SIZES);

    assertThat(study.attempts())
        .allSatisfy(
            attempt ->
                assertThat(attempt.ecs().end())
                    .as(attempt.name())
                    .isLessThanOrEqualTo(study.ecs().untilEnd()));
    assertThat(study.attempts().get(study.attempts().size() - 1).ecs().end())
        .isLessThan(ofMinutes(5));
  }

  @Test
  void bothWaysStartTheApplicationWithTheGivenTimes() {
    RestartTimes slow =
        new RestartTimes(
            RestartTimes.Origin.MEASURED,
            "set by a test",
            Distribution.NONE,
            new Distribution.Constant(Duration.ofMinutes(2)));
    Scenario scenario = new Scenario(Profile.ORIGINAL, 400, slow, Set.of(Term.STOP), 1);

    Study study = Study.of(scenario, NO_SIZES);

    assertThat(study.fastdeploy().until(1)).isBetween(ofSeconds(125), ofSeconds(130));
    assertThat(study.ecs().until(1)).isGreaterThan(ofMinutes(4));
  }

  @Test
  void aServiceOfNoSizeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scenario(9, Set.of()))
        .withMessage("a service of 9 tasks cannot be simulated; choose from 10 to 20000");
    assertThatIllegalArgumentException().isThrownBy(() -> scenario(20_001, Set.of()));
  }

  private static Scenario scenario(int tasks, Set<Term> without) {
    return new Scenario(Profile.ORIGINAL, tasks, RestartTimes.PRELIMINARY, without, 1);
  }
}
