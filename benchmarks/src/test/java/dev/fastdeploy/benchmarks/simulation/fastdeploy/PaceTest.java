package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fastdeploy.launcher.fleet.plan.Share;
import dev.fastdeploy.launcher.fleet.plan.Waves;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void isWrittenAsUsersWriteIt() {
    assertThat(Pace.ALL_AT_ONCE.options()).isEqualTo("--max-unavailable 100%");
    assertThat(Pace.RECOMMENDED.options()).isEqualTo("--max-unavailable 10% --min-ready 85%");
    assertThat(Pace.RECOMMENDED.inWaves("1", Duration.ofSeconds(30), "5%", "25%", "100%").options())
        .isEqualTo(
            "--canary 1 --waves 5%,25%,100% --max-unavailable 10% --min-ready 85% --bake 30s");
  }

  @Test
  void isToldInWords() {
    assertThat(Pace.ALL_AT_ONCE.text()).isEqualTo("all at once");
    assertThat(Pace.RECOMMENDED.text()).isEqualTo("10 % at a time");
    assertThat(Pace.window("3", "0").text()).isEqualTo("3 at a time");
  }

  @Test
  void aGateIsRefusedAndSoIsWhatIsNoShare() {
    Waves gated = new Waves(Share.NONE, List.of(Share.ALL), Duration.ZERO, true, List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pace(gated, Pace.ALL_AT_ONCE.window()))
        .withMessageContaining("nobody answers a gate");
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.window("0", "0"));
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.window("101%", "0"));
    assertThatIllegalArgumentException().isThrownBy(() -> Pace.window("ten", "0"));
  }
}
