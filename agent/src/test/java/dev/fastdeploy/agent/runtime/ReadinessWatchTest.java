package dev.fastdeploy.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Readiness;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ready is a service that answers. */
class ReadinessWatchTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<ChannelMessage> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger changes = new AtomicInteger();

  @Test
  void withoutAProbeItIsReadyAtOnce() {
    try (ReadinessWatch watch = watch(null)) {
      assertThat(watch.unready()).isEmpty();
      assertThat(told).containsExactly(new ChannelMessage.Ready());
      assertThat(changes).hasValue(1);
    }
  }

  @Test
  void withdrawnReadinessIsUnreadyUntilItIsReturned() {
    try (ReadinessWatch watch = watch(null)) {
      watch.withdraw("a deploy comes");
      assertThat(watch.unready()).contains("a deploy comes");
      watch.returned();

      assertThat(watch.unready()).isEmpty();
      assertThat(told)
          .containsExactly(
              new ChannelMessage.Ready(),
              new ChannelMessage.Unready("a deploy comes"),
              new ChannelMessage.Ready());
      assertThat(changes).hasValue(3);
    }
  }

  @Test
  void anotherReleaseIsNotHeldToWhatWasWithdrawnFromTheOneBefore() {
    try (ReadinessWatch watch = watch(null)) {
      watch.withdraw("a deploy comes");

      watch.releaseChanged();

      assertThat(watch.unready()).isEmpty();
      assertThat(told).endsWith(new ChannelMessage.Ready());
    }
  }

  @Test
  void tellsAReasonOnce() throws Exception {
    try (ReadinessWatch watch = watch(Readiness.parse("tcp:1"))) {
      await()
          .atMost(LONG)
          .until(
              () ->
                  told.stream()
                      .anyMatch(
                          message ->
                              message instanceof ChannelMessage.Unready unready
                                  && unready.reason().contains("refused")));
      assertThat(told).doesNotHaveDuplicates();
      assertThat(watch.unready()).isPresent();
    }
  }

  @Test
  void anAnswerOfTheReleaseBeforeSaysNothingOfTheNext() throws Exception {
    ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try (ReadinessWatch watch = watch(Readiness.parse("tcp:" + service.getLocalPort()))) {
      await().atMost(LONG).until(() -> watch.unready().isEmpty());
      service.close();

      watch.releaseChanged();

      await().atMost(LONG).until(() -> watch.unready().orElse("").contains("refused"));
      assertThat(told.get(told.size() - 1)).isInstanceOf(ChannelMessage.Unready.class);
    } finally {
      service.close();
    }
  }

  @Test
  void whatMustHaveRunForATimeIsInServiceAfterIt() {
    Duration time = Duration.ofMillis(300);
    long before = System.nanoTime();
    ReadinessWatch watch = new ReadinessWatch(null, time, told::add, changes::incrementAndGet);
    assertThat(watch.inService()).isFalse();
    watch.start();
    assertThat(watch.unready()).isEmpty();

    // The change is told: nobody asks.
    await().atMost(LONG).untilAtomic(changes, greaterThanOrEqualTo(2));

    assertThat(watch.inService()).isTrue();
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(time.toNanos());
    watch.withdraw("a deploy comes");
    assertThat(watch.inService()).isFalse();
    watch.close();
  }

  private ReadinessWatch watch(@Nullable Readiness probe) {
    ReadinessWatch watch =
        new ReadinessWatch(probe, Duration.ZERO, told::add, changes::incrementAndGet);
    watch.start();
    return watch;
  }
}
