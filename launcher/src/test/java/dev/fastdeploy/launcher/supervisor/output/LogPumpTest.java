package dev.fastdeploy.launcher.supervisor.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogPumpTest {

  /** For a stream that ends by itself, however busy the machine is. */
  private static final Duration LONG = Duration.ofSeconds(20);

  private final LastLines lastLines = new LastLines();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void everyByteComesOutAlsoALastLineWithoutItsEnd() throws Exception {
    byte[] bytes = new byte[300_000];
    Arrays.fill(bytes, (byte) 0xff);

    start(new ByteArrayInputStream(bytes), out, null).finish(LONG);

    assertThat(out.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void theStreamOfTheNextServiceComesAfterThatOfTheOneBefore() throws Exception {
    PipedOutputStream slow = new PipedOutputStream();
    LogPump first = start(new PipedInputStream(slow), out, null);
    LogPump second =
        start(new ByteArrayInputStream("second\n".getBytes(StandardCharsets.UTF_8)), out, first);
    slow.write("first\n".getBytes(StandardCharsets.UTF_8));
    slow.close();
    second.finish(LONG);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("first\nsecond\n");
  }

  @Test
  void whoWaitsForAProcessThatSaidNothingWaitsForTheOneBefore() throws Exception {
    PipedOutputStream slow = new PipedOutputStream();
    LogPump first = start(new PipedInputStream(slow), out, null);
    LogPump silent = start(new ByteArrayInputStream(new byte[0]), out, first);
    slow.write("first\n".getBytes(StandardCharsets.UTF_8));
    slow.close();

    silent.finish(LONG);

    assertThat(silent.ended()).isTrue();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("first\n");
  }

  @Test
  void aPredecessorThatIsHeldOpenIsWaitedForOnlyOnce() throws Exception {
    try (PipedOutputStream held = new PipedOutputStream();
        PipedOutputStream next = new PipedOutputStream()) {
      LogPump first = start(new PipedInputStream(held), out, null);
      start(new PipedInputStream(next), out, first);
      for (int i = 0; i < 30; i++) {
        String before = out.toString(StandardCharsets.UTF_8);
        next.write('x');
        next.flush();
        await().atMost(LONG).until(() -> out.toString(StandardCharsets.UTF_8).equals(before + "x"));
      }
    }
  }

  @Test
  void aStreamThatSomebodyHoldsOpenIsNotWaitedForForEver() throws Exception {
    try (PipedOutputStream held = new PipedOutputStream()) {
      LogPump pump = start(new PipedInputStream(held), out, null);
      pump.finish(Duration.ofMillis(100));
      held.write("late\n".getBytes(StandardCharsets.UTF_8));
      held.flush();
      await().atMost(LONG).until(() -> out.toString(StandardCharsets.UTF_8).equals("late\n"));
    }
  }

  @Test
  void withoutAReaderTheServiceIsStillRead() throws Exception {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    start(new ByteArrayInputStream("a\nb\n".getBytes(StandardCharsets.UTF_8)), broken, null)
        .finish(LONG);

    assertThat(lastLines.get()).containsExactly("a", "b");
  }

  @Test
  void theLastLinesAreRememberedAndCut() throws Exception {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, 80).forEach(i -> text.append("line ").append(i).append('\n'));
    text.append("x".repeat(10_000));

    start(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)), out, null)
        .finish(LONG);

    assertThat(lastLines.get()).hasSize(50).startsWith("line 31");
    assertThat(lastLines.get().get(49)).hasSize(500);
  }

  private LogPump start(
      java.io.InputStream from,
      OutputStream to,
      @org.jspecify.annotations.Nullable LogPump before) {
    return LogPump.start(
        LogStream.STDOUT, from, new TextSink(new LogOutput(to)), lastLines.feed(), before);
  }
}
