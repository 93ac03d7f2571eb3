package dev.fastdeploy.agent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorLimitTest {

  private static final String LINE =
      "Limit  Soft\nMax open files            %s       %s     files\n";

  @ParameterizedTest
  @ValueSource(strings = {"20", "64", "127"})
  void tooFewAreTold(String limit) {
    assertThatThrownBy(() -> DescriptorLimit.require(LINE.formatted(limit, "4096")))
        .hasMessage(
            "the service may open only "
                + limit
                + " files; raise the limit (ulimit -n) to 128 and what the service needs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"128", "1024", "1073741816", "9223372036854775807", "unlimited", "?"})
  void enoughOrUnknownIsNot(String limit) {
    assertThatCode(() -> DescriptorLimit.require(LINE.formatted(limit, "4096")))
        .doesNotThrowAnyException();
  }

  @Test
  void thisProcessMayOpenEnough() {
    assertThatCode(DescriptorLimit::require).doesNotThrowAnyException();
  }
}
