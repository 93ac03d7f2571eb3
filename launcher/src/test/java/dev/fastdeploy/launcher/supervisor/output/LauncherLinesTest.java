package dev.fastdeploy.launcher.supervisor.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LauncherLinesTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void linesComeOutInOrderAndAlsoThoseAfterTheEnd() {
    LauncherLines lines = LauncherLines.to(text(err));
    for (int i = 0; i < 100; i++) {
      lines.accept("line " + i);
    }
    lines.close();
    lines.accept("last words");

    assertThat(said()).hasLineCount(101).startsWith("line 0\nline 1\n").endsWith("last words\n");
  }

  @Test
  void aReaderThatDoesNotReadBlocksNobody() {
    CountDownLatch readAgain = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) {
            try {
              readAgain.await();
            } catch (InterruptedException nobodyDoes) {
              Thread.currentThread().interrupt();
            }
            err.write(b);
          }
        };
    LauncherLines lines = LauncherLines.to(text(stuck));
    for (int i = 0; i < 1500; i++) {
      lines.accept("line " + i);
    }
    readAgain.countDown();
    lines.close();

    assertThat(said()).contains("line 0\n", "line 900\n").containsPattern("\\d+ lines are missing");
  }

  @Test
  void aLineBeginsOnALineOfItsOwn() throws Exception {
    Logs logs = text(err);
    byte[] half = "half".getBytes(StandardCharsets.UTF_8);
    logs.sink(LogStream.STDERR, () -> new Commit("c1"))
        .accept(java.time.Instant.EPOCH, half, half.length);
    LauncherLines lines = LauncherLines.to(logs);
    lines.accept("whole");
    lines.close();

    assertThat(said()).isEqualTo("half\nwhole\n");
  }

  @Test
  void inJsonTheyTellThatTheyAreTheLaunchers() {
    Logs logs = new Logs(LogFormat.JSON, OutputStream.nullOutputStream(), err);
    LauncherLines lines = LauncherLines.to(logs);
    lines.accept("before");
    lines.close();
    logs.sink(LogStream.STDOUT, () -> new Commit("c1"));
    lines.accept("while c1 runs");

    assertThat(said().lines())
        .satisfiesExactly(
            first -> assertThat(first).endsWith("\"stream\":\"launcher\",\"message\":\"before\"}"),
            second -> assertThat(second).contains("\"stream\":\"launcher\",\"commit\":\"c1\""));
  }

  private static Logs text(OutputStream err) {
    return new Logs(LogFormat.TEXT, OutputStream.nullOutputStream(), err);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
