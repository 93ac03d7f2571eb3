package dev.fastdeploy.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildProcessTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void collectsBothStreamsAndTheExitCode() throws Exception {
    try (ChildProcess process = shell("echo out; echo err >&2; printf unended; exit 7")) {
      assertThat(process.waitFor(SOON)).isEqualTo(OptionalInt.of(7));
      assertThat(process.output().stdout()).containsExactly("out", "unended");
      assertThat(process.output().stderr()).containsExactly("err");
    }
  }

  @Test
  void setsAndTakesAwayVariables() throws Exception {
    try (ChildProcess process =
        ChildProcess.start(
            List.of("sh", "-c", "echo \"${GIVEN-unset} ${PATH-unset}\""),
            Map.of("GIVEN", "x", "PATH", ""),
            null)) {
      assertThat(process.waitFor(SOON)).isEqualTo(OptionalInt.of(0));
      assertThat(process.output().stdout()).singleElement().asString().startsWith("x ");
      assertThat(process.output().stdout().get(0)).doesNotContain(System.getenv("PATH"));
    }
  }

  @Test
  void sendsSignals() throws Exception {
    try (ChildProcess process =
        shell("trap 'echo int; exit 4' INT; echo trapped; while :; do sleep 0.05; done")) {
      assertThat(process.output().await(line -> line.equals("trapped"), SOON)).isPresent();

      process.signal(Signal.INT);

      assertThat(process.waitFor(SOON)).isEqualTo(OptionalInt.of(4));
      assertThat(process.output().stdout()).containsExactly("trapped", "int");
      assertThatThrownBy(() -> process.signal(Signal.TERM))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has ended");
    }
  }

  @Test
  void signalsReachAChildOfAProcessThatWasStartedInTheBackground() throws Exception {
    String java = Jdk.running().java().toString();
    String start =
        "trap '' HUP INT QUIT; exec '"
            + java
            + "' -cp \"$CLASSES\" '"
            + Background.class.getName()
            + "'";
    try (ChildProcess background =
        ChildProcess.start(
            List.of("sh", "-c", start),
            Map.of("CLASSES", System.getProperty("java.class.path")),
            null)) {
      assertThat(background.waitFor(SOON)).isEqualTo(OptionalInt.of(0));
      assertThat(background.output().stdout()).containsExactly("trapped", "HUP", "INT", "QUIT");
    }
  }

  /** Starts a shell as a background process does, and sends it what such processes ignore. */
  static final class Background {

    private Background() {}

    public static void main(String[] arguments) throws Exception {
      String script =
          "for name in HUP INT QUIT; do trap \"echo $name\" $name; done; trap 'exit 0' TERM;"
              + " echo trapped; while :; do sleep 0.05; done";
      try (ChildProcess process = shell(script)) {
        process.output().await(line -> line.equals("trapped"), SOON);
        for (Signal signal : List.of(Signal.HUP, Signal.INT, Signal.QUIT)) {
          process.signal(signal);
          process.output().await(line -> line.equals(signal.name()), SOON);
        }
        process.signal(Signal.TERM);
        process.waitFor(SOON);
        process.output().stdout().forEach(System.out::println);
      }
    }
  }

  @Test
  void closeKillsTheWholeTreeAndAlsoOrphans() throws Exception {
    ChildProcess process = shell("(sleep 600 & echo started) ; exec sleep 600");
    try (process) {
      assertThat(process.output().await(line -> line.equals("started"), SOON)).isPresent();
      assertThat(process.descendants()).hasSize(1);
    }
    assertThat(process.alive()).isFalse();
    assertThat(process.descendants()).isEmpty();
  }

  @Test
  void findsAChildWhoseParentWasKilled() throws Exception {
    try (ChildProcess process = shell("sleep 600 & echo started; wait")) {
      assertThat(process.output().await(line -> line.equals("started"), SOON)).isPresent();
      process.signal(Signal.KILL);

      assertThat(process.waitFor(Duration.ofSeconds(10))).isEqualTo(OptionalInt.of(137));
      assertThat(process.descendants()).hasSize(1);
    }
  }

  @Test
  void portsAreFreeDifferentAndNotTheKernelsOwn() throws Exception {
    assertThat(FreePorts.find(20))
        .doesNotHaveDuplicates()
        .hasSize(20)
        .allMatch(port -> port >= 15_000 && port < 32_768);
  }

  @Test
  void noPortIsGivenOutTwice() throws Exception {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.addAll(FreePorts.find(50));
    }
    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void aDirectoryWithoutAJdkIsNone() {
    assertThat(Jdk.at(Jdk.running().home())).isEqualTo(Jdk.running());
    assertThatThrownBy(() -> Jdk.at(java.nio.file.Path.of("/nonexistent")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/nonexistent");
  }

  private static ChildProcess shell(String script) throws IOException {
    return ChildProcess.start(List.of("sh", "-c", script), Map.of(), null);
  }
}
