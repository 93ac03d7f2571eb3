package dev.fastdeploy.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetWordingTest {

  @Test
  void aFailureThatTheReasonTellsIsNotToldAgain() {
    Summary summary =
        summary(
            Ending.ROLLED_BACK,
            "the canary failed: h1:1: it died",
            0,
            1,
            List.of("h1:1: it died", "h2:1: no answer"));

    assertThat(FleetWording.end(summary))
        .containsExactly(
            "failed:",
            "  h2:1: no answer",
            "rolled back: 1 of 3 brought back; the canary failed: h1:1: it died");
  }

  @Test
  void whatTheReasonDoesNotTellIsListed() {
    assertThat(FleetWording.end(summary(Ending.DONE, "", 2, 0, List.of("h1:1: it died"))))
        .containsExactly("failed:", "  h1:1: it died", "done: 2 of 3 proven");
  }

  @Test
  void aRollbackProvesNobody() {
    assertThat(FleetWording.sentence(summary(Ending.DONE, "", 0, 3, List.of())))
        .isEqualTo("done: 3 of 3 brought back");
  }

  @Test
  void aRollbackThatIsNotWholeTellsBoth() {
    assertThat(FleetWording.sentence(summary(Ending.PARTIAL, "why", 1, 2, List.of())))
        .isEqualTo("partial: 1 of 3 proven, 2 brought back; why");
  }

  @ParameterizedTest
  @CsvSource({"h1:1, h1:1 is back", "h2:1, h1:1 is at h2:1"})
  void whoIsBackIsWhereItWasOrElsewhere(String address, String line) {
    assertThat(FleetWording.line(new Event.Returned(new MemberId("h1:1"), address)))
        .isEqualTo(line);
  }

  private static Summary summary(
      Ending ending, String reason, int proven, int returned, List<String> worst) {
    return new Summary(
        ending, reason, 3, 0, proven, 0, 0, 0, returned, 0, 0, Map.of(), worst, false, Set.of());
  }
}
