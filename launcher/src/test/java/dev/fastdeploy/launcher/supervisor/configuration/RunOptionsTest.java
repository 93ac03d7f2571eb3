package dev.fastdeploy.launcher.supervisor.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.launcher.supervisor.output.LogFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunOptionsTest {

  @TempDir Path image;

  @Test
  void optionsHaveTwoFormsAndTheCommandIsKeptAsItIs() {
    RunOptions options =
        parse(
            "--soak=2s",
            "--ready.after",
            "1s",
            "--init",
            "a",
            "--init=b",
            "--no-agent",
            "--",
            "run",
            "--soak",
            "--");

    assertThat(options.probation().soak()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.probation().readyAfter()).contains(Duration.ofSeconds(1));
    assertThat(options.service().init()).containsExactly("a", "b");
    assertThat(options.service().agent()).isFalse();
    assertThat(options.service().command()).containsExactly("run", "--soak", "--");
  }

  @Test
  void defaultsAreThoseOfTheDesign() {
    RunOptions options = parse("--", "x");

    assertThat(options.probation().readyTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(options.end().drainTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(options.end().stopTimeout()).isEqualTo(Duration.ofSeconds(25));
    assertThat(options.restart().reloadExitCode()).isEqualTo(75);
    assertThat(options.restart().reloadByCode()).isFalse();
    assertThat(options.probation().tellsReadiness()).isFalse();
    assertThat(options.restart().policy()).isEqualTo(RestartPolicy.NEVER);
    assertThat(options.platform().logFormat()).isEqualTo(LogFormat.TEXT);
  }

  @Test
  void theSignalGroupIsAFlagOrAValue() {
    assertThat(parse("--", "x").end().signalGroup()).isFalse();
    assertThat(parse("--signal-group", "--soak", "1s", "--", "x").end().signalGroup()).isTrue();
    assertThat(parse("--signal-group", "--", "x").end().signalGroup()).isTrue();
    assertThat(parse("--signal-group", "false", "--", "x").end().signalGroup()).isFalse();
    assertThat(parse("--signal-group=true", "--", "x").end().signalGroup()).isTrue();
  }

  @Test
  void whatIsLeftBehindIsEndedUnlessItIsToBeKept() {
    assertThat(parse("--", "x").end().endLeftovers()).isTrue();
    assertThat(parse("--leftovers", "keep", "--", "x").end().endLeftovers()).isFalse();
    assertThatThrownBy(() -> parse("--leftovers", "no", "--", "x"))
        .hasMessage("--leftovers 'no' is neither end nor keep");
  }

  @Test
  void aTildeThatNoShellHasReplacedIsRefusedAtTheStart() {
    for (String option : List.of("--env-file", "--control-token-file", "--payload-dir")) {
      assertThatThrownBy(() -> parse(option + "=~/x", "--", "x"))
          .hasMessageStartingWith(option + " '~/x' begins with '~'");
    }
  }

  @Test
  void aPreDrainIsBelowTheStopTimeoutThatItCountsInto() {
    RunOptions options = parse("--pre-drain", "24s", "--", "x");

    assertThat(options.end().preDrain()).isEqualTo(Duration.ofSeconds(24));
    assertThat(parse("--stop-timeout", "0s", "--", "x").end().preDrain()).isZero();
  }

  @Test
  void aReloadExitCodeIsAgreedOnOnlyIfItIsGiven() {
    assertThat(parse("--reload-exit-code", "75", "--", "x").restart().reloadByCode()).isTrue();
  }

  /** As in a variable that was read from a file. */
  @ParameterizedTest
  @CsvSource({
    "--ready-timeout, 0",
    "--ready-after, 600s",
    "--pre-drain, 600s",
    "--follow-timeout, 0",
    "--soak, 9999999h"
  })
  void aValueThatEndsWithALineEndIsShownInOneLine(String option, String value) {
    String[] words = {
      option,
      value + "\n",
      "--ready",
      "tcp:1",
      "--app",
      "a",
      "--env",
      "e",
      "--store",
      "file:/s",
      "--follow",
      "e",
      "--",
      "x"
    };

    assertThatThrownBy(() -> parse(words))
        .hasMessageContaining(option + " '" + value)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--soak 1s | the service's command is missing",
        "--soak 1s -- | the service's command is missing",
        "--sok 1s -- x | the option '--sok' is unknown",
        "soak -- x | 'soak' is not an option of run",
        "--soak -- x | --soak needs a value",
        "--reload-exit-code 256 -- x | '256' is not a whole number from 1 to 255",
        "--ready ftp:1 -- x | 'ftp:1' is not understood",
        "--ready-after 60s -- x | --ready-after '60s' is not below --ready-timeout '60s'",
        "--ready-timeout 0 -- x | --ready-timeout '0' leaves a new release no time",
        "--drain-timeout 999999999h -- x | --drain-timeout '999999999h' is too long",
        "--log-format xml -- x | --log-format 'xml' is neither text nor json",
        "--archive always -- x | --archive 'always' is neither auto, off nor require",
        "--restart always -- x | --restart 'always' is not understood; write never, on-failure",
        "--agent-via jar -- x | --agent-via 'jar' is neither argument nor env",
        "--set-env A -- x | --set-env 'A': there is no '='; write NAME=VALUE",
        "--set-env FASTDEPLOY_HOME=x -- x | --set-env 'FASTDEPLOY_HOME=…': 'FASTDEPLOY_HOME' is",
        "--pre-drain 25s -- x | --pre-drain '25s' is not below --stop-timeout '25s'",
        "--app ../x -- x | --app '../x' is not the name of an application: use 1 to 128 letters",
        "--env a/b -- x | --env 'a/b' is not an environment: use 1 to 128 letters",
        "--strategies process,modul -- x | --strategies 'modul' is unknown; this version knows process",
        "--health 7401 -- x | --health '7401' names no host; write 127.0.0.1:7401",
        "--agent maybe -- x | 'maybe' is neither true nor false",
        "--max-unavailable 1 -- x | the option '--max-unavailable' is unknown"
      })
  void badInputIsNamed(String arguments, String message) {
    assertThatThrownBy(() -> parse(arguments.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void variablesAreGivenOneByOne() {
    RunOptions options = parse("--set-env", "A=1", "--set-env=B=2=3", "--env-file", "f", "--", "x");

    assertThat(options.service().environment().set())
        .containsExactly(new EnvironmentVariable("A", "1"), new EnvironmentVariable("B", "2=3"));
    assertThat(options.service().environment().file())
        .contains(new EnvFile(Path.of("f").toAbsolutePath()));
  }

  @Test
  void helpNamesEveryOption() {
    for (Setting setting : Setting.values()) {
      if (setting.isLauncherOption()) {
        assertThat(RunOptions.help()).contains(setting.option() + " ");
      }
    }
  }

  private RunOptions parse(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--home", "h", "--release", image.toString(), "--commit", "c1"));
    arguments.addAll(List.of(more));
    return RunOptions.parse(arguments, new Properties(), Map.of());
  }
}
