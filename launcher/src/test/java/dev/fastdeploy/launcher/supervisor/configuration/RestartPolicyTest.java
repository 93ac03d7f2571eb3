package dev.fastdeploy.launcher.supervisor.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartPolicyTest {

  @Test
  void saysHowOften() {
    assertThat(RestartPolicy.parse("never").most()).isZero();
    assertThat(RestartPolicy.parse("on-failure:3").most()).isEqualTo(3);
    assertThat(RestartPolicy.parse("on-failure:3").endless()).isFalse();
    assertThat(RestartPolicy.parse("on-failure").endless()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"always", "on-failure:", "on-failure:0", "on-failure:-1", "on-failure:x"})
  void anythingElseIsNamed(String value) {
    assertThatThrownBy(() -> RestartPolicy.parse(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + value + "'");
  }
}
