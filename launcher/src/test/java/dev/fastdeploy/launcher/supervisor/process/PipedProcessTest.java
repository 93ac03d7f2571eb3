package dev.fastdeploy.launcher.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.supervisor.output.LogFormat;
import dev.fastdeploy.launcher.supervisor.output.Logs;
import dev.fastdeploy.launcher.supervisor.output.PipeStock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PipedProcessTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Logs logs = new Logs(LogFormat.TEXT, out, err);
  private final PipeStock stock = new PipeStock();

  @Test
  void eachStreamIsInItsOrder() throws Exception {
    awaitEnd(start("for i in $(seq 2000); do echo o$i; echo e$i >&2; done", null));

    assertThat(said(out)).isEqualTo(numbered("o"));
    assertThat(said(err)).isEqualTo(numbered("e"));
  }

  @Test
  void linesComeOutInOrderOverRestartsAndNoneIsGluedToTheNext() throws Exception {
    PipedProcess before = null;
    for (int i = 1; i <= 5; i++) {
      PipedProcess next = start("seq 3000; printf end" + i, before);
      next.process().waitFor();
      before = next;
    }
    awaitEnd(Objects.requireNonNull(before));

    String numbers = IntStream.rangeClosed(1, 3000).mapToObj(i -> i + "\n").collect(joined());
    assertThat(said(out))
        .isEqualTo(IntStream.rangeClosed(1, 5).mapToObj(i -> numbers + "end" + i).collect(lines()));
  }

  @Test
  void aGrandchildThatOutlivesTheProcessIsNotCutOff() throws Exception {
    Path go = folder.resolve("go");
    Path survived = folder.resolve("survived");
    PipedProcess parent =
        start(
            "(while [ ! -e '"
                + go
                + "' ]; do sleep 0.02; done; echo late; echo > '"
                + survived
                + "') & echo up",
            null);
    parent.process().waitFor();
    PipedProcess next = start("echo next", parent);
    await().atMost(LONG).until(() -> said(out).equals("up\nnext\n"));

    Files.createFile(go);

    // After the write, which SIGPIPE would have ended it in.
    await().atMost(LONG).until(() -> Files.exists(survived));
    awaitEnd(parent);
    awaitEnd(next);
    assertThat(said(out)).isEqualTo("up\nnext\nlate\n");
  }

  @Test
  void pipesMadeAheadCarryTheirOwnProcessAndNoOther() throws Exception {
    stock.refill();
    PipedProcess first = start("echo first; echo one >&2", null);
    stock.refill();
    stock.refill();
    PipedProcess second = start("echo second; echo two >&2", first);
    awaitEnd(first);
    awaitEnd(second);

    assertThat(first.lastLines()).containsExactlyInAnyOrder("first", "one");
    assertThat(second.lastLines()).containsExactlyInAnyOrder("second", "two");
  }

  private PipedProcess start(String script, @Nullable PipedProcess before) throws IOException {
    return PipedProcess.start(
        new ProcessBuilder("sh", "-c", script), stock.take(), logs, () -> new Commit("c1"), before);
  }

  private static void awaitEnd(PipedProcess process) {
    await().atMost(LONG).pollInterval(Duration.ofMillis(10)).until(process::outputEnded);
  }

  private static String numbered(String prefix) {
    return IntStream.rangeClosed(1, 2000).mapToObj(i -> prefix + i + "\n").collect(joined());
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining();
  }

  private static java.util.stream.Collector<CharSequence, ?, String> lines() {
    return Collectors.joining("\n");
  }

  private static String said(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLimitThatKeepsItFromStartingIsToldWithItsRemedy() {
    assertThat(PipedProcess.withRemedy("error=24, Too many open files"))
        .isEqualTo("error=24, Too many open files; raise the limit of open files (ulimit -n)");
    assertThat(PipedProcess.withRemedy("error=11, Resource temporarily unavailable"))
        .endsWith("; raise the limit of processes (pids of the container, ulimit -u)");
    assertThat(PipedProcess.withRemedy("error=2, No such file or directory"))
        .isEqualTo("error=2, No such file or directory");
  }
}
