package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is lost where nobody reads, and what is not. */
class QueuedLinesTest {

  private static final Predicate<String> MISSING =
      Pattern.compile(" \\d+ lines are missing$").asPredicate();

  private static int missing(String line) {
    return Integer.parseInt(line.replaceFirst(".* (\\d+) lines are missing$", "$1"));
  }

  @Test
  void whatMustComeOutIsNotLostForOthersSake() throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    List<String> out = new CopyOnWriteArrayList<>();
    QueuedLines.Writer stuck =
        (at, text) -> {
          awaitQuietly(reads);
          out.add(text);
        };
    try (QueuedLines lines = QueuedLines.to(stuck, Duration.ofSeconds(30))) {
      for (int i = 0; i < 3000; i++) {
        lines.accept("other " + i);
        lines.keep("kept " + i);
      }
      reads.countDown();
      await().atMost(Duration.ofSeconds(30)).until(() -> out.contains("kept 2999"));
      assertThat(out).filteredOn(line -> line.startsWith("kept")).hasSize(3000);
      assertThat(out).filteredOn(line -> line.startsWith("other")).hasSize(1000);
      // Once or twice: some may be lost before the thread has taken its first line.
      assertThat(out.stream().filter(MISSING).mapToInt(QueuedLinesTest::missing).sum())
          .isEqualTo(2000);

      lines.accept("afterwards");
    }
    assertThat(out).last().isEqualTo("afterwards");
  }

  @Test
  void whatIsSaidWhileTheEndIsWaitedForComesOut() throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    List<String> out = new CopyOnWriteArrayList<>();
    QueuedLines lines =
        QueuedLines.to(
            (at, text) -> {
              awaitQuietly(reads);
              out.add(text);
            },
            Duration.ofSeconds(60));
    lines.accept("first");
    Thread closes = new Thread(lines::close);
    closes.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> closes.getState() == Thread.State.TIMED_WAITING);

    lines.accept("late");
    lines.keep("late and kept");
    reads.countDown();
    closes.join();
    lines.accept("last words");

    assertThat(out).containsExactly("first", "late", "late and kept", "last words");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }
}
