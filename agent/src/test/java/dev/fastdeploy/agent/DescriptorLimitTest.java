package dev.fastdeploy.agent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorLimitTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 20, 64, 127})
  void tooFewAreTold(long limit) {
    assertThatThrownBy(() -> DescriptorLimit.require(limit))
        .hasMessage(
            "the service may open only "
                + limit
                + " files; raise the limit (ulimit -n) to 128 and what the service needs");
  }

  @ParameterizedTest
  @ValueSource(longs = {128, 1024, 1073741816, Long.MAX_VALUE})
  void enoughIsNot(long limit) {
    assertThatCode(() -> DescriptorLimit.require(limit)).doesNotThrowAnyException();
  }

  @Test
  void thisProcessMayOpenEnough() {
    assertThatCode(DescriptorLimit::require).doesNotThrowAnyException();
  }
}
