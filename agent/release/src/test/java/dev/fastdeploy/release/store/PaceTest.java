package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000;

  private final Pace pace = new Pace(Duration.ofSeconds(10), 5);

  @Test
  void aTransferThatBringsNextToNothingIsGivenUp() throws IOException {
    pace.came(100, 5 + 9 * SECOND);

    assertThatThrownBy(() -> pace.came(1, 5 + 10 * SECOND))
        .isInstanceOf(IOException.class)
        .hasMessage("only 101 bytes came in 10000 ms");
  }

  @Test
  void aSlowTransferGoesOn() {
    assertThatCode(
            () -> {
              for (int second = 1; second <= 60; second++) {
                pace.came(1024, 5 + second * SECOND);
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void whatCameBeforeDoesNotCount() throws IOException {
    pace.came(1_000_000, 5 + 10 * SECOND);

    assertThatThrownBy(() -> pace.came(1, 5 + 20 * SECOND)).isInstanceOf(IOException.class);
  }

  @Test
  void aFastTransferIsNotJudgedBeforeItsTime() {
    assertThatCode(() -> pace.came(1, 5 + SECOND)).doesNotThrowAnyException();
  }
}
