package dev.fastdeploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomesTest {

  @Test
  void readsTheOutcomesAndNothingElse() throws Exception {
    List<Outcome> outcomes =
        Outcomes.read(
            List.of(
                "{\"event\":\"accepted\",\"target\":\"a:1\",\"time\":1}",
                "{\"event\":\"outcome\",\"target\":\"a:1\",\"result\":\"ROLLED_BACK\","
                    + "\"reason\":\"it exited\",\"exitCode\":3,\"lastLines\":[\"x\"],"
                    + "\"phases\":{\"staged\":1100,\"accepted\":1000,\"restored\":1900}}",
                "{\"event\":\"summary\",\"failed\":1}"));

    Outcome outcome =
        new Outcome(
            "a:1",
            "ROLLED_BACK",
            "it exited",
            3,
            Map.of("accepted", 1000L, "staged", 1100L, "restored", 1900L));
    assertThat(outcomes).containsExactly(outcome);
    assertThat(outcomes.get(0).sinceAccepted())
        .containsExactly(Map.entry("staged", 100L), Map.entry("restored", 900L));
  }

  @Test
  void readsWhyInstancesRefuse() throws Exception {
    assertThat(
            Outcomes.refusals(
                List.of(
                    "{\"target\":\"a:1\",\"deploysRefusedBecause\":\"\"}",
                    "{\"target\":\"a:2\",\"deploysRefusedBecause\":\"on probation\"}",
                    "{\"target\":\"a:3\",\"error\":\"no answer\"}")))
        .isEqualTo(Map.of("a:1", "", "a:2", "on probation", "a:3", "no answer"));
  }

  @Test
  void whatIsNoJsonIsShown() {
    assertThatThrownBy(() -> Outcomes.read(List.of("oops")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("oops");
  }
}
