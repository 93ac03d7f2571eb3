package dev.fastdeploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ToldStatusTest {

  @Test
  void readsTheLatestAttemptOfADeploy() throws Exception {
    ToldStatus status =
        ToldStatus.read(
                List.of(
                    "{\"target\":\"a:1\",\"running\":\"c1\",\"startedMs\":900,"
                        + "\"deploysRefusedBecause\":\"\",\"outcomes\":["
                        + "{\"deploy\":\"d-1.2\",\"result\":\"ROLLED_BACK\","
                        + "\"reason\":\"it exited\","
                        + "\"exitCode\":3,"
                        + "\"phases\":{\"staged\":1100,\"accepted\":1000,\"restored\":1900}},"
                        + "{\"deploy\":\"d-1.1\",\"result\":\"FAILED\"},"
                        + "{\"deploy\":\"d-11.1\",\"result\":\"PROVEN\"}]}"))
            .get("a:1");

    assertThat(Objects.requireNonNull(status).running()).isEqualTo("c1");
    assertThat(status.startedMillis()).isEqualTo(900);
    Outcome outcome = status.outcome(deploy("d-1")).orElseThrow();
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                "d-1.2",
                "ROLLED_BACK",
                "it exited",
                3,
                Map.of("accepted", 1000L, "staged", 1100L, "restored", 1900L)));
    assertThat(outcome.sinceAccepted())
        .containsExactly(Map.entry("staged", 100L), Map.entry("restored", 900L));
    assertThat(status.outcome(deploy("d"))).isEmpty();
  }

  @Test
  void anInstanceThatDoesNotAnswerTellsNothing() throws Exception {
    assertThat(ToldStatus.read(List.of("{\"target\":\"a:1\",\"error\":\"no answer\"}")))
        .hasEntrySatisfying(
            "a:1",
            status -> {
              assertThat(status.running()).isEmpty();
              assertThat(status.outcomes()).isEmpty();
            });
  }

  private static ToldDeploy deploy(String id) {
    return new ToldDeploy(id, List.of(), List.of(), "", "");
  }
}
