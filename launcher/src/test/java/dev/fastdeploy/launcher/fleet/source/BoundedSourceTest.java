package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedSourceTest {

  private static final Duration PATIENT = Duration.ofSeconds(60);

  @Test
  void noFailureEscapes() throws Exception {
    assertThat(answer(deadline -> fail(new IOException("it\nfailed")))).isEqualTo(why("it?failed"));
    assertThat(answer(deadline -> fail(new IllegalStateException("oops"))))
        .isEqualTo(why("it failed: oops"));
    assertThat(answer(deadline -> fail(new NoClassDefFoundError("x/Y"))))
        .isEqualTo(why("it failed: NoClassDefFoundError: x/Y"));
    assertThat(answer(deadline -> fail(new InterruptedException())))
        .isEqualTo(why("the question was interrupted"));
  }

  @Test
  void nobodyIsNoAnswer() throws Exception {
    assertThat(answer(deadline -> new SourceAnswer.Seen(List.of(), true)))
        .isEqualTo(why("it names no instance"));
  }

  /** As a read of a file system that has gone. */
  @Test
  void whoCannotBeInterruptedHoldsUpNobody() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    try (BoundedSource source =
        new BoundedSource(
            "x",
            deadline -> {
              asked.incrementAndGet();
              awaitStubbornly(stuck);
              return fail(new IOException("it is there again"));
            },
            Duration.ofMillis(100))) {
      assertThat(source.ask()).isEqualTo(why("no answer in 100 ms"));
      assertThat(source.ask()).isEqualTo(why("the previous question has not been answered yet"));
      assertThat(asked).hasValue(1);
      stuck.countDown();
      await()
          .atMost(PATIENT)
          .untilAsserted(() -> assertThat(source.ask()).isEqualTo(why("it is there again")));
    }
  }

  private static void awaitStubbornly(CountDownLatch latch) {
    boolean over = false;
    while (!over) {
      try {
        latch.await();
        over = true;
      } catch (InterruptedException ignored) {
        // That is what it is about.
      }
    }
  }

  private static SourceAnswer answer(Origin origin) throws InterruptedException {
    try (BoundedSource source = new BoundedSource("x", origin, PATIENT)) {
      return source.ask();
    }
  }

  private static SourceAnswer why(String why) {
    return new SourceAnswer.Unknown(why);
  }

  private static SourceAnswer.Seen fail(Throwable failure)
      throws IOException, InterruptedException {
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
