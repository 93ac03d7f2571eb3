package dev.fastdeploy.demo.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.Signal;
import dev.fastdeploy.demo.service.DemoService;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import dev.fastdeploy.demo.traffic.Books;
import dev.fastdeploy.demo.traffic.Judgement;
import dev.fastdeploy.demo.traffic.RequestResult;
import dev.fastdeploy.demo.traffic.Traffic;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Releases as processes of their own, as a launcher starts them. */
@Timeout(120)
class ReleasedServiceTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;
  private int port;

  @BeforeEach
  void findPort() throws IOException {
    port = FreePorts.one();
  }

  @Test
  void toldToStopUnderTrafficItCutsNoRequest() throws Exception {
    try (ChildProcess service = start(new ServiceRelease("c1", Fault.NONE, 0));
        Traffic traffic = new Traffic(List.of(port), 200)) {
      awaitListening(service);
      traffic.start();
      await().atMost(SOON).until(() -> traffic.results().size() > 200);

      service.signal(Signal.TERM);

      assertThat(service.waitFor(SOON)).isEqualTo(OptionalInt.of(143));
      traffic.stop();
      List<RequestResult> all = traffic.results();
      Books books = Books.read(service.output().stdout());
      assertThat(books.accounts()).hasSize(1);
      assertThat(books.accounts().get(0).cut()).isZero();
      assertThat(books.accounts().get(0).pid()).isEqualTo(service.pid());
      Judgement judgement = Judgement.of(all, all, books, Set.of());
      assertThat(judgement.failed()).isZero();
      assertThat(judgement.served())
          .isGreaterThan(150)
          .isEqualTo(books.accounts().get(0).answered());
    }
  }

  @Test
  void aReleaseThatExitsDoesSoWithACode() throws Exception {
    try (ChildProcess service = start(new ServiceRelease("c1", Fault.EXIT, 0))) {
      assertThat(service.waitFor(SOON)).isEqualTo(OptionalInt.of(DemoService.FAULT_EXIT_CODE));
      assertThat(service.output().stderr()).anyMatch(line -> line.contains("c1 is broken"));
    }
  }

  @Test
  void aReleaseThatHangsNeverListens() throws Exception {
    try (ChildProcess service = start(new ServiceRelease("c1", Fault.HANG, 0))) {
      assertThat(service.output().await(line -> line.contains("never listens"), SOON)).isPresent();
      assertThat(service.alive()).isTrue();
      assertThat(service.output().stdout()).isEmpty();
    }
  }

  @Test
  void aReleaseThatIsLateAnswersAndBecomesHealthyInTheEnd() throws Exception {
    try (ChildProcess service = start(new ServiceRelease("c1", Fault.LATE, 3_000))) {
      awaitListening(service);
      assertThat(health()).isEqualTo(503);
      await().atMost(SOON).until(() -> health() == 200);
    }
  }

  @Test
  void aReleaseThatDiesIsHealthyBefore() throws Exception {
    try (ChildProcess service = start(new ServiceRelease("c1", Fault.DIES, 2_000))) {
      awaitListening(service);
      assertThat(health()).isEqualTo(200);
      assertThat(service.waitFor(SOON)).isEqualTo(OptionalInt.of(DemoService.FAULT_EXIT_CODE));
    }
  }

  @Test
  void aTakenPortIsOneClearLine() throws Exception {
    try (ChildProcess first = start(new ServiceRelease("c1", Fault.NONE, 0))) {
      awaitListening(first);
      try (ChildProcess second = start(new ServiceRelease("c2", Fault.NONE, 0))) {
        assertThat(second.waitFor(SOON)).isEqualTo(OptionalInt.of(2));
        assertThat(second.output().stderr())
            .singleElement()
            .asString()
            .contains("demo-service")
            .contains(Integer.toString(port));
      }
    }
  }

  private ChildProcess start(ServiceRelease release) throws IOException {
    Path built = new ReleaseBuilder(directory).build(release);
    return ChildProcess.start(
        List.of(
            Jdk.running().java().toString(),
            "-cp",
            ReleaseBuilder.JAR,
            ReleaseBuilder.MAIN_CLASS,
            "--port",
            Integer.toString(port)),
        Map.of(),
        built);
  }

  private static void awaitListening(ChildProcess service) throws InterruptedException {
    assertThat(service.output().await(line -> line.startsWith(DemoService.LISTENS), SOON))
        .isPresent();
  }

  private int health() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/health").toURL().openConnection();
    return connection.getResponseCode();
  }
}
