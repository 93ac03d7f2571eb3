package dev.fastdeploy.launcher.fleet;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceClientsTest {

  private static final int MEMBERS = 200;

  @ParameterizedTest
  @CsvSource({"1,2", "2,2", "3,3", "8,8", "16,16", "64,16"})
  void hasAThreadForEachCoreWithinBounds(int cores, int threads) {
    assertThat(InstanceClients.threads(cores)).isEqualTo(threads);
  }

  /** A thread for each that is dialled would cost a machine thousands of stacks. */
  @Test
  void dialsAllOfAFleetWithAFewThreads() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    AtomicInteger failed = new AtomicInteger();
    int most = 0;
    try (InstanceClients clients = new InstanceClients(Credentials.NONE)) {
      for (int i = 0; i < MEMBERS; i++) {
        clients
            .open(Target.parse("127.0.0.1:" + port))
            .status(
                Duration.ofMinutes(1),
                new InstanceClient.Answer<>(status -> {}, failure -> failed.incrementAndGet()));
        most = Math.max(most, dialling());
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> failed.get() == MEMBERS);
      most = Math.max(most, dialling());
    }

    assertThat(most).isBetween(1, InstanceClients.DIALLING_THREADS);
  }

  /** In the pool that has the most: one of another test may not have ended yet. */
  private static int dialling() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("fastdeploy-dial"))
        .collect(groupingBy(name -> name.substring(0, name.lastIndexOf('-')), counting()))
        .values()
        .stream()
        .mapToInt(Long::intValue)
        .max()
        .orElse(0);
  }
}
