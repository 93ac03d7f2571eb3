package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.supervisor.configuration.EnvFile;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.health.HealthAddress;
import dev.fastdeploy.launcher.supervisor.invocation.ServiceCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a user writes is taken, or refused in one line. {@code -Dfastdeploy.fuzz.seconds} makes
 * it last longer, {@code -Dfastdeploy.fuzz.seed} repeats a run.
 */
class LauncherParsersFuzzTest {

  private static final long SEED = Long.getLong("fastdeploy.fuzz.seed", System.nanoTime());
  private static final int SECONDS = Integer.getInteger("fastdeploy.fuzz.seconds", 2);

  private static final String ALPHABET =
      "aZ09 =:,.;-_/~@#$%+*?!'\"\\[]{}()\n\r\t\0\u001b\u0085\u2028äß€😀\ufffd";

  private static final List<String> WORDS =
      List.of(
          "--",
          "-",
          "--no-agent",
          "--signal-group",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "5s",
          "1h",
          "999999999h",
          "99999999999999999999",
          "http:80/",
          "http:[::1]:80/x",
          "tcp:",
          "tcp:0",
          "0.0.0.0:7401",
          "[::]:1",
          ":1",
          "a:",
          "host:65536",
          "on-failure:1",
          "on-failure:0",
          "{release}",
          "{commit}",
          "A=b",
          "A=",
          "=b",
          "process,",
          ",",
          "",
          "~",
          "~/x",
          "/",
          "unix:x",
          "file:x",
          "file:///x",
          "s3://b",
          "java",
          "sh",
          "-c");

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  @Test
  void options() {
    repeat(
        () -> {
          List<String> words = new ArrayList<>();
          if (random.nextInt(4) != 0) {
            words.addAll(List.of("--home", "h", "--release", folder.toString(), "--commit", "c1"));
          }
          for (int i = random.nextInt(5); i > 0; i--) {
            words.add(option() + (random.nextBoolean() ? "=" + word() : ""));
            if (random.nextBoolean()) {
              words.add(word());
            }
          }
          List<String> command = new ArrayList<>();
          for (int i = random.nextInt(4); i >= 0; i--) {
            command.add(word());
          }
          words.add("--");
          words.addAll(command);
          RunOptions options = RunOptions.parse(words, new Properties(), Map.of());
          assertThat(options.service().command())
              .isEqualTo(words.subList(words.indexOf("--") + 1, words.size()));
        });
  }

  @Test
  void commandsKeepTheirWords() {
    Release release = new Release(new Commit("c1"), folder);
    repeat(
        () -> {
          List<String> words = new ArrayList<>();
          for (int i = random.nextInt(6); i >= 0; i--) {
            // The kernel's words end with a NUL and hold none.
            words.add(word().replace("\0", ""));
          }
          ServiceCommand command = new ServiceCommand(words, true, Path.of("/f.jar"));
          command.requireNoPathInto(folder);
          List<String> line = new ArrayList<>(command.line(release));
          if (command.hasAgent()) {
            assertThat(line.remove(1)).isEqualTo("-javaagent:/f.jar");
          }
          assertThat(line)
              .isEqualTo(
                  words.stream()
                      .map(word -> word.replace("{release}", folder.toString()))
                      .toList());
          AgentWatch.visible(command, words, true, folder);
        });
  }

  @Test
  void environmentFiles() {
    Path file = folder.resolve("env");
    repeat(
        () -> {
          byte[] content = (text(60) + "\nA=" + text(20) + "\n").getBytes(StandardCharsets.UTF_8);
          if (content.length > 0 && random.nextInt(4) == 0) {
            content[random.nextInt(content.length)] = (byte) random.nextInt(256);
          }
          Files.write(file, content);
          new EnvFile(file)
              .read()
              .forEach((name, value) -> assertThat(name + value).doesNotContain("\0", "\n"));
        });
  }

  @Test
  void durationsAndAddresses() {
    repeat(
        () ->
            assertThat(Settings.parseDuration("--soak", random.nextBoolean() ? word() : text(8)))
                .isGreaterThanOrEqualTo(java.time.Duration.ZERO));
    repeat(() -> HealthAddress.parse(random.nextBoolean() ? word() : text(20)));
  }

  /** What may end in a refusal that is fit to be shown. */
  private interface Attempt {
    void make() throws IOException;
  }

  private void repeat(Attempt attempt) {
    long end = System.nanoTime() + SECONDS * 1_000_000_000L / 5;
    do {
      try {
        attempt.make();
      } catch (IllegalArgumentException | IOException refused) {
        assertThat(refused.getMessage()).as("seed " + SEED).isNotBlank();
        assertThat(String.valueOf(refused.getMessage()).length())
            .as("seed " + SEED)
            .isLessThan(1000);
        assertThat(refused.getMessage()).as("seed " + SEED).doesNotContain("\n", "\u001b", "\0");
      } catch (AssertionError failed) {
        throw new AssertionError("seed " + SEED + ": " + failed.getMessage(), failed);
      }
    } while (System.nanoTime() < end);
  }

  private String option() {
    Setting[] settings = Setting.values();
    return random.nextInt(10) == 0
        ? "--" + text(5)
        : settings[random.nextInt(settings.length)].option();
  }

  private String word() {
    return random.nextInt(5) == 0 ? text(12) : WORDS.get(random.nextInt(WORDS.size()));
  }

  private String text(int longest) {
    int[] characters = ALPHABET.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }
}
