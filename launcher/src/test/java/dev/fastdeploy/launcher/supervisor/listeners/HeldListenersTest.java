package dev.fastdeploy.launcher.supervisor.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.descriptors.Descriptors;
import dev.fastdeploy.contract.descriptors.TcpSockets;
import dev.fastdeploy.contract.listening.ListenerClient;
import dev.fastdeploy.contract.listening.ListenerClient.Given;
import dev.fastdeploy.contract.listening.ListenerMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of the exchange, in one process. */
@Timeout(60)
class HeldListenersTest {

  @TempDir Path folder;
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final List<Integer> opened = new ArrayList<>();
  private Descriptors descriptors;
  private TcpSockets tcp;
  private HeldListeners held;
  private ListenerClient agent;

  @BeforeEach
  void start() throws IOException {
    descriptors = Descriptors.loadBeside(folder.resolve("listen.sock"));
    tcp = descriptors.tcpSockets();
    held = new HeldListeners(folder.resolve("listen.sock"), events::add);
    agent = new ListenerClient(descriptors, held.socket());
  }

  @AfterEach
  void stop() {
    held.close();
    opened.forEach(descriptors::closeQuietly);
  }

  @Test
  void whoConnectsBetweenTwoProcessesWaitsAndIsNotRefused() throws Exception {
    Given listener = listener();
    held.open();
    assertThat(agent.give(List.of(listener))).isEqualTo(1);
    descriptors.close(listener.descriptor());

    try (Socket client = connect(listener)) {
      client.getOutputStream().write(7);
      held.startsAnother();
      OptionalInt adopted = agent.adopt(listener.name(), false);
      opened.add(adopted.getAsInt());
      assertThat(tcp.waiting(adopted.getAsInt())).isEqualTo(1);
      assertThat(held.notAdopted()).isEmpty();
    }
    assertThat(events).hasSize(2);
  }

  @Test
  void whatIsGivenWithoutBeingAskedForIsNotKept() throws Exception {
    Given listener = listener();
    held.open();
    assertThat(agent.give(List.of(listener))).isEqualTo(1);
    held.startsAnother();

    assertThat(agent.give(List.of(listener()))).isEqualTo(1);
    List<Integer> pair = descriptors.pair();
    opened.addAll(pair);
    held.open();
    assertThat(agent.give(List.of(new Given("*:1", pair.get(0), 0)))).isZero();
  }

  @Test
  void nothingStaysOpenWhenItIsLetGo() throws Exception {
    Given listener = listener();
    String socket = socketOf(listener.descriptor());
    held.open();
    assertThat(agent.give(List.of(listener))).isEqualTo(1);
    assertThat(open(socket)).isEqualTo(2);

    held.letGo();

    assertThat(held.count()).isZero();
    assertThat(folder.resolve("listen.sock")).doesNotExist();
    assertThat(open(socket)).isEqualTo(1);
    descriptors.close(listener.descriptor());
    opened.clear();
    assertThatThrownBy(() -> connect(listener)).isInstanceOf(ConnectException.class);
    held.open();
    assertThat(agent.give(List.of(listener()))).isEqualTo(1);
  }

  /** In a process that must go on for as long as its container does. */
  @Test
  void whatComesWithAnotherMessageIsClosed() throws Exception {
    Given listener = listener();
    String socket = socketOf(listener.descriptor());
    held.open();
    int connection = descriptors.unixSockets().connect(held.socket(), Duration.ofSeconds(20));
    opened.add(connection);
    for (ListenerMessage.Kind kind : ListenerMessage.Kind.values()) {
      if (kind != ListenerMessage.Kind.GIVE) {
        descriptors.send(
            connection, new ListenerMessage(kind, "*:1").bytes(), List.of(listener.descriptor()));
      }
    }

    descriptors.unixSockets().end(connection);

    Awaitility.await().untilAsserted(() -> assertThat(open(socket)).isEqualTo(1));
  }

  /** The supervisor's thread asks for the count after each event. */
  @Test
  void nobodyWaitsForAnAgentThatDoesNotRead() throws Exception {
    held =
        new HeldListeners(
            folder.resolve("deaf.sock"),
            events::add,
            Duration.ofSeconds(50),
            Descriptors::loadBeside);
    agent = new ListenerClient(descriptors, held.socket());
    Given listener = listener();
    held.open();
    assertThat(agent.give(List.of(listener))).isEqualTo(1);
    int deaf = descriptors.unixSockets().connect(held.socket(), Duration.ofMillis(200));
    opened.add(deaf);
    byte[] ask = new ListenerMessage(ListenerMessage.Kind.ADOPT, listener.name()).bytes();
    assertThatThrownBy(
            () -> {
              while (true) {
                descriptors.send(deaf, ask, List.of());
              }
            })
        .isInstanceOf(IOException.class);

    CompletableFuture<Integer> count = CompletableFuture.supplyAsync(held::count);

    // The exchange is stuck for fifty.
    assertThat(count.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    descriptors.unixSockets().end(deaf);
  }

  @Test
  void whatNobodyAdoptedIsClosedAtReady() throws Exception {
    Given used = listener();
    Given left = listener();
    held.open();
    assertThat(agent.give(List.of(used, left))).isEqualTo(2);
    held.startsAnother();
    opened.add(agent.adopt(used.name(), false).getAsInt());

    assertThat(held.closeNotAdopted()).containsExactly(left.name());

    assertThat(held.count()).isEqualTo(1);
    assertThat(agent.adopt(left.name(), false)).isEmpty();
  }

  /** A connector that is stopped and started binds its address again. */
  @Test
  void anAddressIsAdoptedAsOftenAsItIsBound() throws Exception {
    Given listener = listener();
    held.open();
    assertThat(agent.give(List.of(listener))).isEqualTo(1);
    held.startsAnother();

    for (int i = 0; i < 3; i++) {
      descriptors.close(agent.adopt(listener.name(), false).getAsInt());
    }

    assertThat(agent.adopt(listener.name(), true)).isEmpty();
  }

  /** Several sockets of one address are told apart by being adopted (SO_REUSEPORT). */
  @Test
  void severalOfOneAddressAreAdoptedOneByOne() throws Exception {
    Given listener = listener();
    held.open();
    assertThat(agent.give(List.of(listener, listener))).isEqualTo(2);
    held.startsAnother();

    opened.add(agent.adopt(listener.name(), false).getAsInt());
    assertThat(held.notAdopted()).hasSize(1);
    opened.add(agent.adopt(listener.name(), true).getAsInt());

    assertThat(held.notAdopted()).isEmpty();
    assertThat(agent.adopt(listener.name(), true)).isEmpty();
  }

  /** A socket of the wildcard address is in the way of one of an address, and the other way. */
  @Test
  void anotherAddressOfThePortGetsIt() throws Exception {
    Given listener = listener();
    held.open();
    assertThat(agent.give(List.of(new Given("*:8080", listener.descriptor(), 0)))).isEqualTo(1);
    held.startsAnother();

    assertThat(agent.adopt("*:8081", false)).isEmpty();
    assertThat(held.count()).isEqualTo(1);
    assertThat(agent.adopt("127.0.0.1:8080", false)).isEmpty();
    assertThat(held.count()).isZero();
  }

  @Test
  void anAddressOfItsOwnIsInNobodysWay() throws Exception {
    Given listener = listener();
    held.open();
    assertThat(agent.give(List.of(new Given("127.0.0.1:80", listener.descriptor(), 0)))).isOne();
    held.startsAnother();

    assertThat(agent.adopt("127.0.0.2:80", false)).isEmpty();

    assertThat(held.count()).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsClosed() throws Exception {
    Given listener = listener();
    held.open();
    assertThat(agent.give(List.of(listener))).isEqualTo(1);
    held.startsAnother();
    opened.add(agent.adopt(listener.name(), false).getAsInt());

    agent.doesNotFit(listener.name());

    assertThat(held.count()).isZero();
  }

  @Test
  void aPortThatWasRefusedIsKnownIfItIsHeld() throws Exception {
    Given listener = listener();
    held.open();
    assertThat(agent.give(List.of(listener))).isEqualTo(1);
    held.startsAnother();

    agent.refused("*:1");
    agent.refused(listener.name());

    Awaitility.await().until(held::collided);
    assertThat(agent.adopt("*:3", false)).as("another port").isEmpty();
    assertThat(held.collided()).isTrue();
    opened.add(agent.adopt(listener.name(), false).getAsInt());
    assertThat(held.collided()).as("it has the port now").isFalse();
    held.startsAnother();
    assertThat(held.collided()).isFalse();
    agent.refused("*:1");
    assertThat(agent.adopt("*:2", false)).isEmpty();
    assertThat(held.collided()).isFalse();
  }

  @Test
  void anAgentThatTalksNonsenseHarmsNobody() throws Exception {
    Given listener = listener();
    held.open();
    int connection = descriptors.unixSockets().connect(held.socket(), Duration.ofSeconds(20));
    descriptors.send(connection, new byte[] {1, 2, 3}, List.of(listener.descriptor()));
    assertThat(descriptors.receive(connection, 10, 1).message().hasRemaining()).isFalse();
    descriptors.close(connection);

    assertThat(agent.give(List.of(listener))).isEqualTo(1);
  }

  private Given listener() throws IOException {
    int socket = tcp.idleListener();
    opened.add(socket);
    return new Given(tcp.name(socket).orElseThrow(), socket, 1);
  }

  private static Socket connect(Given listener) throws IOException {
    String name = listener.name();
    return new Socket(
        InetAddress.getLoopbackAddress(),
        Integer.parseInt(name.substring(name.lastIndexOf(':') + 1)));
  }

  private static String socketOf(int descriptor) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
  }

  /** Returns how many descriptors of this process stand for a socket. */
  private static long open(String socket) throws IOException {
    long open = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        try {
          open += Files.readSymbolicLink(one).toString().equals(socket) ? 1 : 0;
        } catch (IOException closedMeanwhile) {
          // Not open.
        }
      }
    }
    return open;
  }
}
