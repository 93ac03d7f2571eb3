package dev.fastdeploy.launcher.supervisor.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Phase;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadTimesTest {

  @Test
  void aPhaseTookTheTimeSinceTheOneBeforeIt() {
    ReloadTimes times =
        ReloadTimes.of(
            Map.of(Phase.ACCEPTED, 10L, Phase.PRE_DRAINING, 30L, Phase.ACTIVATED, 1_030L));

    assertThat(times.phaseMillis())
        .containsExactly(Map.entry(Phase.PRE_DRAINING, 20L), Map.entry(Phase.ACTIVATED, 1_000L));
    assertThat(times.millis()).isEmpty();
  }

  @Test
  void aReloadLastsFromTheDrainToTheReadiness() {
    assertThat(
            ReloadTimes.of(Map.of(Phase.ACTIVATED, 5L, Phase.DRAINING, 10L, Phase.READY, 25L))
                .millis())
        .contains(15L);
  }

  @Test
  void oneThatWasTakenBackLastsUntilTheReleaseBeforeIsReady() {
    assertThat(
            ReloadTimes.of(Map.of(Phase.DRAINING, 10L, Phase.READY, 25L, Phase.RESTORED, 60L))
                .millis())
        .contains(50L);
  }

  @Test
  void oneWithoutADrainBeginsWithTheActivation() {
    assertThat(ReloadTimes.of(Map.of(Phase.ACTIVATED, 5L, Phase.READY, 25L)).millis())
        .contains(20L);
  }

  @Test
  void aClockThatWasSetBackMakesNothingNegative() {
    ReloadTimes times = ReloadTimes.of(Map.of(Phase.DRAINING, 100L, Phase.READY, 25L));

    assertThat(times.millis()).contains(0L);
    assertThat(times.phaseMillis()).containsEntry(Phase.READY, 0L);
  }
}
