package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenFilesLimitTest {

  private static final String HEAD = "Limit                     Soft Limit   Hard Limit  Units\n";

  @ParameterizedTest
  @CsvSource({
    "Max open files            400                  524288               files,400",
    "Max open files            1073741816           1073741816           files,1073741816",
    "Max open files            unlimited            unlimited            files,9223372036854775807",
  })
  void readsTheLimitThatHolds(String line, long limit) {
    assertThat(OpenFilesLimit.parse(HEAD + line + "\nMax processes  3  3  processes\n"))
        .as(line)
        .hasValue(limit);
    assertThat(OpenFilesLimit.parse(line)).hasValue(limit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Max processes             3                    3                    processes",
        "Max open files            ?                    524288               files",
        "Max open files            99999999999999999999 524288               files",
        "Max open files",
        "Max open files            64",
      })
  void tellsNothingOfWhatItCannotRead(String limits) {
    assertThat(OpenFilesLimit.parse(limits)).isEmpty();
  }

  @Test
  void thisProcessHasALimit() {
    assertThat(OpenFilesLimit.ofThisProcess().orElseThrow()).isPositive();
  }
}
