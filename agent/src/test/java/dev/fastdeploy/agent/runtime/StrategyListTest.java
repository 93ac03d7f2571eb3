package dev.fastdeploy.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StrategyListTest {

  private static final ReloadStrategy PROCESS = new Named("process");
  private static final ReloadStrategy MODULE = new Named("module");
  private static final ReloadStrategy REDEFINE = new Named("redefine");

  @Test
  void aServiceWithALauncherHasWhatIsNamedInThatOrderAndAlwaysAProcess() {
    assertThat(list(Map.of()).withLauncher(PROCESS)).containsExactly(PROCESS);
    assertThat(list(strategies("redefine")).withLauncher(PROCESS))
        .containsExactly(REDEFINE, PROCESS);
    assertThat(list(strategies("module,process,redefine")).withLauncher(PROCESS))
        .containsExactly(MODULE, PROCESS, REDEFINE);
    assertThat(list(strategies("teleport,module")).withLauncher(PROCESS))
        .containsExactly(MODULE, PROCESS);
  }

  @Test
  void whatCouldNotBePreparedIsLeftOutAndSaysWhy() {
    StrategyList list =
        new StrategyList(
            settings(strategies("module,redefine")),
            List.of(REDEFINE),
            Map.of("module", "it has no manifest"));

    assertThat(list.withLauncher(PROCESS)).containsExactly(REDEFINE, PROCESS);
    assertThat(list.notPrepared()).containsExactly(Map.entry("module", "it has no manifest"));
    assertThat(list.noLauncher()).contains("strategy module", "it has no manifest");
  }

  @Test
  void aServiceWithoutOneHasTheFallbackThatNeedsNone() {
    assertThat(list(Map.of()).withoutLauncher()).isEmpty();
    assertThat(list(fallback("module")).withoutLauncher()).containsExactly(MODULE);
    assertThat(list(fallback("redefine")).withoutLauncher()).isEmpty();
    assertThat(list(fallback("teleport")).withoutLauncher()).isEmpty();
    assertThat(list(Map.of()).noLauncher()).contains("reload.fallback=module");
  }

  private static Map<Setting, String> strategies(String names) {
    return Map.of(Setting.STRATEGIES, names);
  }

  private static Map<Setting, String> fallback(String name) {
    return Map.of(Setting.RELOAD_FALLBACK, name);
  }

  private static StrategyList list(Map<Setting, String> explicit) {
    return new StrategyList(settings(explicit), List.of(MODULE, REDEFINE), Map.of());
  }

  private static Settings settings(Map<Setting, String> explicit) {
    return new Settings(explicit, new Properties(), Map.of());
  }

  private record Named(String name) implements ReloadStrategy {

    @Override
    public void reload(ReloadRequest request) {}
  }
}
