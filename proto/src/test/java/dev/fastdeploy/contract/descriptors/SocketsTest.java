package dev.fastdeploy.contract.descriptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.descriptors.TcpSockets.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class SocketsTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static Descriptors descriptors;
  private static UnixSockets unix;
  private static TcpSockets tcp;

  private final List<Integer> opened = new ArrayList<>();

  @BeforeAll
  static void load() throws IOException {
    descriptors = Descriptors.loadBeside(folder.resolve("listen.sock"));
    unix = descriptors.unixSockets();
    tcp = descriptors.tcpSockets();
  }

  @AfterEach
  void close() {
    opened.forEach(descriptors::closeQuietly);
  }

  @Test
  void aMessageGoesToWhoListensOnAPath() throws Exception {
    int listener = opened(unix.listen(folder.resolve("a.sock")));
    int client = opened(unix.connect(folder.resolve("a.sock"), LONG));
    int server = opened(unix.accept(listener, LONG));

    descriptors.send(client, new byte[] {1, 2}, List.of(client));

    Descriptors.Received received = descriptors.receive(server, 10, 1);
    assertThat(received.message()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    opened.addAll(received.descriptors());
    assertThat(received.descriptors()).hasSize(1);
  }

  @Test
  void nobodyWaitsLongerThanHisPatience() throws Exception {
    int listener = opened(unix.listen(folder.resolve("b.sock")));
    int client = opened(unix.connect(folder.resolve("b.sock"), Duration.ofMillis(50)));
    int server = opened(unix.accept(listener, Duration.ofMillis(50)));

    assertThatThrownBy(() -> descriptors.receive(client, 1, 0))
        .hasMessage("recvmsg: it would block");
    assertThatThrownBy(() -> descriptors.receive(server, 1, 0))
        .hasMessage("recvmsg: it would block");
  }

  @Test
  void aWaitForAConnectionIsEndedByAnotherThread() throws Exception {
    int listener = opened(unix.listen(folder.resolve("c.sock")));
    CompletableFuture<String> ended =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return "accepted " + unix.accept(listener, LONG);
              } catch (IOException refused) {
                return "refused";
              }
            });

    unix.end(listener);

    assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo("refused");
  }

  @Test
  void whereNobodyListensAndWhatIsTooLongIsTold() {
    assertThatThrownBy(() -> unix.connect(folder.resolve("none.sock"), LONG))
        .hasMessage("connect: there is no such file");
    assertThatThrownBy(() -> unix.listen(folder.resolve("x".repeat(200))))
        .hasMessageContaining("is too long for a socket");
  }

  @Test
  void aListenerIsNamedAsItWasBound() throws Exception {
    int listener = opened(tcp.idleListener());

    String name = tcp.name(listener).orElseThrow();

    assertThat(name).startsWith("127.0.0.1:");
    assertThat(tcp.isListening(listener)).isTrue();
    assertThat(tcp.isTcp(listener)).isTrue();
    assertThat(tcp.sharesItsPort(listener)).isFalse();
    List<Integer> pair = descriptors.pair();
    opened.addAll(pair);
    assertThat(tcp.isTcp(pair.get(0))).isFalse();
    assertThat(tcp.isListening(pair.get(0))).isFalse();
    assertThat(tcp.name(pair.get(0))).isEmpty();
    assertThat(tcp.connection(pair.get(0))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, *:80",
    "::, *:80",
    "127.0.0.1, 127.0.0.1:80",
    "::ffff:10.1.2.3, 10.1.2.3:80",
    "::1, 0:0:0:0:0:0:0:1:80"
  })
  void anAddressHasOneNameInBothFamilies(String address, String name) throws Exception {
    assertThat(TcpSockets.name(InetAddress.getByName(address), 80)).isEqualTo(name);
  }

  @Test
  void whoWaitsIsCounted() throws Exception {
    int listener = opened(tcp.idleListener());
    int port = Integer.parseInt(tcp.name(listener).orElseThrow().split(":", -1)[1]);
    try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(waiting.isConnected()).isTrue();
      assertThat(tcp.waiting(listener)).isEqualTo(1);
    }
  }

  @Test
  void oneThatListensIsNoConnectionInUse() throws Exception {
    int listener = opened(tcp.idleListener());

    assertThat(tcp.connection(listener).orElseThrow().isIdle(1)).isTrue();
    assertThat(tcp.connection(listener).orElseThrow().isOpen()).isFalse();
  }

  /** States 1 and 8 are ESTABLISHED and CLOSE_WAIT, 6 is TIME_WAIT. */
  @ParameterizedTest
  @CsvSource({
    "a request that is not answered yet, 1, false, 5000, 3000, 200, 99, false",
    "the first of a connection, 1, false, 3000, 3000, 1, 99, false",
    "a client that has closed its side and waits, 8, false, 5000, 3000, 200, 99, false",
    "an answer on its way, 1, true, 5000, 9000, 200, 99, false",
    "an answer that was just sent, 1, false, 20, 300, 200, 99, false",
    "a quick answer or a request right after one, 1, false, 300, 300, 200, 99, false",
    "kept alive, 1, false, 3000, 3005, 200, 99, true",
    "kept alive after a quick answer, 1, false, 3000, 3000, 200, 99, true",
    "just connected, 1, false, 10, 10, 1, 0, false",
    "connected and silent, 1, false, 4000, 4000, 1, 0, true",
    "closed, 6, false, 10, 5, 200, 99, true"
  })
  void aConnectionIsIdleOnceItIsQuietAndEverythingIsAnswered(
      String what,
      int state,
      boolean unsent,
      long sent,
      long received,
      long answered,
      long asked,
      boolean idle) {
    assertThat(new Connection(state, unsent, sent, received, answered, asked).isIdle(500))
        .as(what)
        .isEqualTo(idle);
  }

  private int opened(int descriptor) {
    opened.add(descriptor);
    return descriptor;
  }
}
