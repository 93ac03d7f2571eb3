package dev.fastdeploy.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

  private FakeService service;

  @BeforeEach
  void start() throws IOException {
    service = new FakeService(FakeService.good("c1"));
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
  }

  private Requests requests() {
    return new Requests(service.port(), "/work", 2_000);
  }

  @Test
  void aGoodAnswerTellsItsCommitAndItsProcess() {
    assertThat(requests().ask()).isEqualTo(new Reply(true, "c1", 4711, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 3\r\n\r\nc1\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nc1\n",
        "HTTP/1.1 200 OK\r\n",
        ""
      })
  void anythingElseIsBad(String answer) {
    service.answer(answer);

    Reply reply = requests().ask();

    assertThat(reply.good()).isFalse();
    assertThat(reply.trouble()).isNotEmpty();
  }

  @Test
  void nobodyThereIsBad() throws IOException {
    Requests requests = requests();
    service.close();

    assertThat(requests.ask().good()).isFalse();
  }

  @Test
  void theFirstAnswerIsSeenWhenTheCommitChangesAndNotBefore() throws Exception {
    try (FirstAnswer watch = FirstAnswer.watch(requests(), "c2")) {
      Awaitility.await().until(() -> service.asked() > 3);
      assertThat(watch.await(TimeUnit.MILLISECONDS.toNanos(20))).isNull();

      long changed = System.nanoTime();
      service.answer(FakeService.good("c2"));

      Seen seen = Objects.requireNonNull(watch.await(TimeUnit.SECONDS.toNanos(10)));
      assertThat(seen.nanos()).isGreaterThan(changed);
      assertThat(seen.pid()).isEqualTo(4711);
    }
  }

  @Test
  void anOpenLoopAsksAtItsRateAndCountsWhatFails() throws Exception {
    try (OpenLoop loop = OpenLoop.start(requests(), 200)) {
      Awaitility.await().until(() -> loop.shots().size() >= 100);
      service.answer("HTTP/1.1 500 Oh\r\n\r\n");
      int before = loop.shots().size();
      Awaitility.await().until(() -> loop.shots().size() >= before + 60);
      service.answer(FakeService.good("c2"));
      assertThat(loop.watch("c2").await(TimeUnit.SECONDS.toNanos(10))).isNotNull();
      var shots = loop.stop();

      assertThat(shots).hasSizeGreaterThan(160);
      assertThat(shots.stream().filter(shot -> !shot.reply().good()).count())
          .isBetween(50L, (long) shots.size() - 100);
      assertThat(shots).hasSize(service.asked());
      assertThat(spacings(shots)).isEqualTo(shots.size() - 1);
    }
  }

  /** How many requests were due exactly one period after the one before. */
  private static long spacings(List<Shot> shots) {
    long[] dues = shots.stream().mapToLong(Shot::dueNanos).sorted().toArray();
    int regular = 0;
    for (int i = 1; i < dues.length; i++) {
      if (dues[i] - dues[i - 1] == 5_000_000) {
        regular++;
      }
    }
    return regular;
  }

  @Test
  void aServiceThatStopsAnsweringMeetsTheBoundAndTheRestCountsAsFailed() throws Exception {
    service.fallSilent();
    try (OpenLoop loop = OpenLoop.start(requests(), 2_000)) {
      Awaitility.await().until(() -> loop.shots().stream().anyMatch(RequestsTest::notSent));

      assertThat(service.asked()).isLessThanOrEqualTo(OpenLoop.MOST_IN_FLIGHT);
    }
  }

  private static boolean notSent(Shot shot) {
    return shot.reply().trouble().startsWith("not sent");
  }
}
