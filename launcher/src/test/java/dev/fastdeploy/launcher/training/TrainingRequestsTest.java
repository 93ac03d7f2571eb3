package dev.fastdeploy.launcher.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRequestsTest {

  private static final TrainingRequests.Liveness ALIVE = () -> {};

  @TempDir Path folder;
  private HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          boolean starting = path.equals("/starts") && asked.size() < 3;
          int status = starting ? 503 : path.equals("/broken") ? 500 : 404;
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void asksTheFirstUntilItIsAnsweredAndTheOthersOnce() throws Exception {
    Path file = list("/starts", "/one", "/two");

    assertThat(TrainingRequests.of(file).make(ALIVE, in(60))).isEqualTo("3 requests");

    assertThat(asked).containsExactly("/starts", "/starts", "/starts", "/one", "/two");
  }

  @Test
  void refusesToTrainWhereSomebodyElseAnswers() throws Exception {
    TrainingRequests requests = TrainingRequests.of(list("/one"));
    assertThatThrownBy(requests::requireSilence).hasMessageContaining("before the training");

    server.stop(0);

    assertThatCode(requests::requireSilence).doesNotThrowAnyException();
    assertThat(asked).isEmpty();
  }

  @Test
  void aFailureOfTheServiceIsNoTraining() throws Exception {
    TrainingRequests requests = TrainingRequests.of(list("/one", "/broken"));
    assertThatThrownBy(() -> requests.make(ALIVE, in(60))).hasMessageContaining("/broken with 500");
  }

  @Test
  void aServiceThatNeverAnswersIsGivenUp() throws Exception {
    TrainingRequests requests = TrainingRequests.of(list("/broken"));
    assertThatThrownBy(() -> requests.make(ALIVE, in(0)))
        .hasMessageContaining("did not answer")
        .hasMessageContaining("--train-timeout")
        .hasMessageContaining("500");
  }

  @Test
  void aServiceThatHasEndedIsNotWaitedFor() throws Exception {
    TrainingRequests requests = TrainingRequests.of(list("/broken"));
    assertThatThrownBy(
            () ->
                requests.make(
                    () -> {
                      throw new IOException("it has ended");
                    },
                    in(60)))
        .hasMessage("it has ended");
  }

  @Test
  void anExecutableFileIsAScript() throws Exception {
    Path script = Files.writeString(folder.resolve("a 'script'"), "#!/bin/sh\necho no; exit 3\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    TrainingRequests requests = TrainingRequests.of(script);
    assertThatThrownBy(() -> requests.make(ALIVE, in(60)))
        .hasMessageContaining("script'' ended with 3: no");

    Files.writeString(script, "#!/bin/sh\nexit 0\n");
    assertThat(requests.make(ALIVE, in(60))).contains("the script");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/path", "ftp://h/x", "http:/x", "http://h/a b", "localhost:80/x"})
  void refusesALineThatIsNoUrl(String line) throws Exception {
    Path file = Files.writeString(folder.resolve("urls"), "# comment\n\n" + line + "\n");
    assertThatThrownBy(() -> TrainingRequests.of(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line)
        .hasMessageContaining("which is no URL");
  }

  @Test
  void refusesAListWithoutUrlsAndAFileThatIsNone() throws Exception {
    Path empty = Files.writeString(folder.resolve("urls"), "# nothing\n");
    assertThatThrownBy(() -> TrainingRequests.of(empty)).hasMessageContaining("has no URL");
    assertThatThrownBy(() -> TrainingRequests.of(folder))
        .hasMessageContaining("--train-requests")
        .hasMessageContaining("is not a file");
  }

  private Path list(String... paths) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String path : paths) {
      text.append("http://127.0.0.1:").append(server.getAddress().getPort());
      text.append(path).append('\n');
    }
    return Files.writeString(folder.resolve("urls"), text);
  }

  private static long in(int seconds) {
    return System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
  }
}
