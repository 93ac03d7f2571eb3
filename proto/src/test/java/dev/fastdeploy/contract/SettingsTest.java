package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Setting.Reader;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private final Properties properties = new Properties();

  @Test
  void whatIsSaidMoreCloselyWins() {
    Map<String, String> environment = Map.of("FASTDEPLOY_SOAK", "4s");
    assertThat(settings(Map.of(), Map.of()).text(Setting.SOAK)).contains("5s");
    assertThat(settings(Map.of(), environment).text(Setting.SOAK)).contains("4s");
    properties.setProperty("fastdeploy.soak", "3s");
    assertThat(settings(Map.of(), environment).text(Setting.SOAK)).contains("3s");
    assertThat(settings(Map.of(Setting.SOAK, "2s"), environment).text(Setting.SOAK)).contains("2s");
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void everyKeyHasItsFourSpellings(Setting setting) {
    assertThat(Setting.of(setting.key())).contains(setting);
    assertThat(Setting.of(setting.option().substring(2))).contains(setting);
    assertThat(setting.property()).isEqualTo("fastdeploy." + setting.key());
    assertThat(setting.variable()).matches("FASTDEPLOY_[A-Z_]+");
  }

  @Test
  void theLauncherTakesWhatItReadsAndWhatItHandsOn() {
    assertThat(Setting.values())
        .filteredOn(setting -> !setting.isLauncherOption())
        .containsExactly(Setting.CONTROL_SERVER_NAME);
    assertThat(Setting.values())
        .filteredOn(setting -> setting.isReadBy(Reader.FOLLOWER))
        .contains(Setting.STORE, Setting.FOLLOW_TIMEOUT)
        .allMatch(setting -> setting.isReadBy(Reader.LAUNCHER));
  }

  @Test
  void agentArgumentsAreKeysAndValues() {
    Settings settings =
        Settings.ofAgent("control.listen=127.0.0.1:0,app=shop", properties, Map.of());

    assertThat(settings.text(Setting.CONTROL_LISTEN)).contains("127.0.0.1:0");
    assertThat(settings.text(Setting.APP)).contains("shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense=1", "=", "stop.timeout=5s"})
  void agentArgumentsThatNobodyReadsAreRefused(String arguments) {
    assertThatThrownBy(() -> Settings.ofAgent(arguments, properties, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms,500",
    "20s,20000",
    "7,7000",
    "5m,300000",
    "1h,3600000",
    "0s,0",
    "87600h,315360000000"
  })
  void durationsHaveUnits(String text, long millis) {
    assertThat(Settings.parseDuration("--x", text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1s", "1.5s", "5 s", "5x", "99999999999s", "999999999h", "87601h"})
  void whatIsNoDurationIsRefusedByName(String text) {
    assertThatThrownBy(() -> Settings.parseDuration("--soak", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--soak '" + text + "'");
  }

  @Test
  void listsAreSplitAtCommasInOneWay() {
    Settings settings =
        settings(
            Map.of(
                Setting.STRATEGIES, " module, ,process,module",
                Setting.CONTROL_READ_IDENTITIES, ",one,two words"),
            Map.of());

    assertThat(StrategyName.prepared(settings)).containsExactly("module", "process");
    assertThat(settings.names(Setting.CONTROL_READ_IDENTITIES)).containsExactly("one", "two words");
    assertThat(settings.names(Setting.CONTROL_DEPLOY_IDENTITIES)).isEmpty();
    assertThat(StrategyName.prepared(settings(Map.of(), Map.of()))).containsExactly("process");
  }

  @Test
  void numbersAndFlagsAreChecked() {
    Settings settings =
        settings(Map.of(Setting.KEEP, "many", Setting.STORE_PATH_STYLE, "yes"), Map.of());

    assertThatThrownBy(() -> settings.number(Setting.KEEP, 0, 10))
        .hasMessage("--keep 'many' is not a whole number from 0 to 10");
    assertThatThrownBy(() -> settings.flag(Setting.STORE_PATH_STYLE))
        .hasMessage("--store-path-style 'yes' is neither true nor false");
  }

  @Test
  void pathsAreMadeAbsoluteForAProcessInAnotherDirectory() {
    String here = java.nio.file.Path.of("x").toAbsolutePath().toString();

    assertThat(Setting.CONTROL_TOKEN_FILE.absolute("x")).isEqualTo(here);
    assertThat(Setting.STORE.absolute("x")).isEqualTo(here);
    assertThat(Setting.STORE.absolute("s3://x")).isEqualTo("s3://x");
    assertThat(Setting.CONTROL_LISTEN.absolute("unix:x")).isEqualTo("unix:" + here);
    assertThat(Setting.CONTROL_LISTEN.absolute("127.0.0.1:1")).isEqualTo("127.0.0.1:1");
    assertThat(Setting.APP.absolute("x")).isEqualTo("x");
  }

  @Test
  void aStoreIsMadeAbsoluteAsTheStoreReadsIt() {
    String here = java.nio.file.Path.of("a:b").toAbsolutePath().toString();

    assertThat(Setting.STORE.absolute("./a:b")).isEqualTo(here);
    assertThat(Setting.STORE.absolute("file:/srv/r")).isEqualTo("/srv/r");
    assertThat(Setting.STORE.absolute("ftp://x")).isEqualTo("ftp://x");
  }

  @Test
  void aTildeThatNoShellHasReplacedIsRefused() {
    assertThatThrownBy(() -> Setting.CONTROL_TLS_KEY.absolute("~/key"))
        .hasMessage(
            "--control-tls-key '~/key' begins with '~', which was not expanded; write the whole"
                + " path");
    assertThatThrownBy(() -> Setting.CONTROL_LISTEN.absolute("unix:~/s"))
        .hasMessageContaining("'~/s' begins with '~'");
    assertThatThrownBy(() -> StoreDirectory.of("~/store")).hasMessageContaining("begins with '~'");
    assertThat(Setting.CONTROL_TLS_KEY.absolute("/a/~b")).isEqualTo("/a/~b");
  }

  @Test
  void aMissingValueIsNamedWithItsPurpose() {
    assertThatThrownBy(() -> settings(Map.of(), Map.of()).required(Setting.STORE))
        .hasMessageStartingWith("--store is missing: ");
  }

  private Settings settings(Map<Setting, String> explicit, Map<String, String> environment) {
    return new Settings(explicit, properties, environment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"٣", "３", "৩", "1٣", "+3", "-3", "3 ", "0x3", "", "9223372036854775808"})
  void aNumberHasDigitsOfAsciiAlone(String text) {
    assertThat(Settings.wholeNumber(text)).isEmpty();
  }

  @Test
  void aWholeNumberIsRead() {
    assertThat(Settings.wholeNumber("9223372036854775807")).hasValue(Long.MAX_VALUE);
    assertThat(Settings.wholeNumber("007")).hasValue(7);
  }
}
