package dev.fastdeploy.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    assertThat(requests().ask()).isEqualTo(Reply.good("c1", 4711));
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
}
