package dev.fastdeploy.launcher.supervisor.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.FollowWords;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.launcher.supervisor.follow.RecordQuestion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowOptionsTest {

  private static final String[] ENOUGH = {
    "--app", "shop", "--store", "s3://b/r", "--ready-after", "1s"
  };

  @TempDir Path folder;

  @Test
  void nothingIsFollowedUnlessSomebodySaysSo() {
    assertThat(parse().follow()).isEmpty();
    assertThat(parse("--follow", "off").follow()).isEmpty();
  }

  @Test
  void whoFollowsAnEnvironmentBelongsToIt() {
    RunOptions options = parse(enough("--follow", "prod", "--follow-timeout", "5s"));

    assertThat(options.follow())
        .contains(new FollowOptions(new EnvironmentName("prod"), false, Duration.ofSeconds(5)));
    assertThat(options.settings().text(Setting.ENV)).contains("prod");
  }

  @Test
  void requireIsForTheInstancesEnvironment() {
    assertThat(parse(enough("--follow", "require", "--env", "prod")).follow())
        .contains(new FollowOptions(new EnvironmentName("prod"), true, Duration.ofMinutes(1)));
    refused("--follow 'require' needs --env", enough("--follow", "require"));
  }

  @Test
  void whatIsWrongOrMissingIsNamed() {
    refused("--follow 'pr/od' is not an environment", enough("--follow", "pr/od"));
    refused(
        "--follow 'prod' is not the instance's own environment, --env 'stage'",
        enough("--follow", "prod", "--env", "stage"));
    refused(
        "--follow-timeout '0s' leaves no time",
        enough("--follow", "prod", "--follow-timeout", "0s"));
    refused(
        "--follow 'prod' needs --store", "--follow", "prod", "--app", "a", "--ready-after", "1s");
    refused(
        "--follow 'prod' needs --app",
        "--follow",
        "prod",
        "--store",
        "s3://b",
        "--ready-after",
        "1s");
    refused("give --ready or --ready-after", "--follow", "prod", "--app", "a", "--store", "s3://b");
  }

  @Test
  void whoAsksTheRecordIsToldWhatItNeedsAndHowToReachOthers() {
    Properties own = new Properties();
    own.setProperty("https.proxyHost", "proxy");
    own.setProperty("user.name", "eve");

    List<String> command =
        RecordQuestion.of(parse(enough("--follow", "prod")), Path.of("/opt/fastdeploy.jar"), own)
            .command();

    assertThat(command)
        .contains(
            "-Dhttps.proxyHost=proxy",
            "-Dfastdeploy.env=prod",
            "-Dfastdeploy.app=shop",
            "-Dfastdeploy.store=s3://b/r",
            "-Dfastdeploy.commit=c1",
            "-Dfastdeploy.home=" + folder)
        .noneMatch(word -> word.contains("user.name"))
        .endsWith("-jar", "/opt/fastdeploy.jar", FollowWords.COMMAND);
  }

  private void refused(String message, String... words) {
    assertThatThrownBy(() -> parse(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static String[] enough(String... more) {
    List<String> words = new ArrayList<>(List.of(ENOUGH));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private RunOptions parse(String... more) {
    List<String> words = new ArrayList<>(List.of("--home", folder.toString()));
    words.addAll(List.of("--release", folder.toString(), "--commit", "c1"));
    words.addAll(List.of(more));
    words.addAll(List.of("--", "sleep", "1"));
    return RunOptions.parse(words, new Properties(), Map.of());
  }
}
