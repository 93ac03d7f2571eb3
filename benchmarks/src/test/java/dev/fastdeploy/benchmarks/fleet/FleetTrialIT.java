package dev.fastdeploy.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.workplace.Artifacts;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.demo.process.Jdk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The command and a small fleet do the work that is measured, and the checks know a deploy that
 * went wrong. Nothing here is timed.
 */
@Timeout(300)
@Tag("wide")
class FleetTrialIT {

  /** One with each fault among them. */
  private static final int MEMBERS = 38;

  private static final FleetSetting FAULTY =
      new FleetSetting(
          MEMBERS,
          true,
          "6%",
          Duration.ofMillis(200),
          Duration.ofSeconds(30),
          List.of("-XX:TieredStopAtLevel=1"));

  @Test
  void eachInstanceEndsAsItBehavesAndAllThatIsMeasuredIsThere() throws Exception {
    FleetOutcome outcome;
    try (Workplace workplace = Workplace.open()) {
      outcome = new FleetTrial(FAULTY, Jdk.running(), workplace, Artifacts.own()).run();
    }

    assertThat(FleetChecks.of(outcome)).as("%s", outcome.ended()).isEmpty();
    assertThat(outcome.count(Behaviour.FLAPPING)).isEqualTo(1);
    assertThat(outcome.counted("proven")).isEqualTo(MEMBERS - 3);
    assertThat(outcome.secondsToProven(90)).isPresent();
    assertThat(outcome.secondsToProven(100)).isEmpty();
    assertThat(outcome.mostCalls()).isBetween(4, FleetChecks.MOST_CALLS);
    CommandRun command = outcome.command();
    assertThat(command.processorSeconds()).isPositive();
    assertThat(command.peakMegabytes()).isPositive();
    assertThat(command.mostConnections()).isPositive();
    assertThatChecksFindWhatIsWrong(outcome);
  }

  private static void assertThatChecksFindWhatIsWrong(FleetOutcome outcome) {
    CommandRun command = outcome.command();
    CommandRun another =
        new CommandRun(
            3,
            command.lines(),
            command.wallMillis(),
            command.processorSeconds(),
            command.peakMegabytes(),
            command.mostConnections(),
            command.complaints());
    FleetOutcome lied =
        new FleetOutcome(
            outcome.setting(), another, outcome.instances().subList(1, MEMBERS), outcome.epoch());

    assertThat(FleetChecks.of(lied))
        .anySatisfy(line -> assertThat(line).startsWith("the ending of which the exit code tells"))
        .anySatisfy(line -> assertThat(line).startsWith("proven: 35, not 34"));
  }
}
