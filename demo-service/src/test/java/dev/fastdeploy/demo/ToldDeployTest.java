package dev.fastdeploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldDeployTest {

  @Test
  void readsWhoWasAskedAndHowItEnded() throws Exception {
    ToldDeploy deploy =
        ToldDeploy.read(
            List.of(
                "{\"event\":\"begun\",\"deploy\":\"d-1\",\"commit\":\"c2\",\"stable\":\"c1\"}",
                "{\"event\":\"phase\",\"phase\":\"activating 1\"}",
                "{\"event\":\"asked\",\"member\":\"i1\",\"commit\":\"c2\"}",
                "{\"event\":\"failed\",\"member\":\"i1\",\"reason\":\"it exited\"}",
                "{\"event\":\"asked\",\"member\":\"i1\",\"commit\":\"c2\"}",
                "{\"event\":\"asked\",\"member\":\"i2\",\"commit\":\"c1\"}",
                "{\"event\":\"proven\",\"member\":\"i2\",\"commit\":\"c1\"}",
                "{\"event\":\"ended\",\"ending\":\"rolled-back\",\"reason\":\"canary\"}"));

    assertThat(deploy)
        .isEqualTo(
            new ToldDeploy(
                "d-1",
                List.of("i1"),
                List.of("i1 failed: it exited", "i2 runs c1, proven"),
                "rolled-back",
                "canary"));
  }

  @Test
  void whatWasNotBegunHasNothing() throws Exception {
    assertThat(ToldDeploy.read(List.of()))
        .isEqualTo(new ToldDeploy("", List.of(), List.of(), "", ""));
  }

  @Test
  void whatIsNoJsonIsShown() {
    assertThatThrownBy(() -> ToldDeploy.read(List.of("oops")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("oops");
  }
}
