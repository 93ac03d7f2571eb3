package dev.fastdeploy.contract.descriptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DescriptorsTest {

  /** Above every limit; a number that was just closed may be something else's in a moment. */
  private static final int NEVER_OPEN = 1_999_999_999;

  @TempDir static Path folder;
  private static Descriptors descriptors;

  private final List<Integer> opened = new ArrayList<>();

  @BeforeAll
  static void load() throws IOException {
    descriptors = Descriptors.loadBeside(folder.resolve("listen.sock"));
  }

  @AfterEach
  void close() throws IOException {
    for (int one : opened) {
      descriptors.close(one);
    }
  }

  @Test
  void leavesNothingInTheDirectoryThatItIsLoadedFrom() {
    assertThat(folder).isEmptyDirectory();
  }

  /** What a client meets while one process holds the socket of another that has ended. */
  @Test
  void aConnectionThatWaitedIsAcceptedByWhoAdoptsTheListener() throws Exception {
    List<Integer> way = pair();
    InetSocketAddress address;
    try (ServerSocketChannel first = listener()) {
      address = (InetSocketAddress) first.getLocalAddress();
      descriptors.send(way.get(0), new byte[] {42}, List.of(descriptorOf(address)));
    }
    Descriptors.Received received = descriptors.receive(way.get(1), 10, 10);
    assertThat(received.message()).isEqualTo(ByteBuffer.wrap(new byte[] {42}));
    assertThat(received.descriptors()).hasSize(1);
    int held = received.descriptors().get(0);
    assertThat(descriptors.tcpSockets().isListening(held)).isTrue();

    try (SocketChannel waiting = SocketChannel.open(address);
        ServerSocketChannel second = listener()) {
      waiting.write(ByteBuffer.wrap(new byte[] {7}));
      descriptors.replace(descriptorOf((InetSocketAddress) second.getLocalAddress()), held);
      descriptors.close(held);
      try (SocketChannel accepted = second.accept()) {
        ByteBuffer read = ByteBuffer.allocate(1);
        accepted.read(read);
        assertThat(read.get(0)).isEqualTo((byte) 7);
      }
    }
    assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
        .isInstanceOf(SocketException.class);
  }

  /** Without the longer backlog the fourth connection of a queue of one is not taken. */
  @Test
  void aListenerIsGivenALongerQueueWhileItListens() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
      descriptors.listen(descriptorOf(address), 50);
      List<SocketChannel> waiting = new ArrayList<>();
      try {
        for (int i = 0; i < 20; i++) {
          waiting.add(SocketChannel.open(address));
        }
        assertThat(waiting).allMatch(SocketChannel::isConnected);
      } finally {
        for (SocketChannel one : waiting) {
          one.close();
        }
      }
    }
  }

  @Test
  void theFlagBelongsToTheOpenFile() throws Exception {
    List<Integer> way = pair();
    List<Integer> other = pair();
    descriptors.replace(other.get(0), way.get(0));

    descriptors.setNonBlocking(way.get(0), true);
    assertThat(descriptors.isNonBlocking(other.get(0))).isTrue();
    assertThatThrownBy(() -> descriptors.receive(other.get(0), 1, 0))
        .hasMessage("recvmsg: it would block");
    descriptors.setNonBlocking(other.get(0), false);
    assertThat(descriptors.isNonBlocking(way.get(0))).isFalse();
  }

  @Test
  void ofAMessageThatIsTooLargeNothingStaysOpen() throws Exception {
    List<Integer> way = pair();
    descriptors.send(way.get(0), new byte[1], List.of(way.get(0), way.get(0), way.get(0)));
    Set<String> before = open();

    assertThatThrownBy(() -> descriptors.receive(way.get(1), 1, 1))
        .hasMessageContaining("more than 1 bytes or 1 descriptors");
    assertThat(open()).isEqualTo(before);
    descriptors.send(way.get(0), new byte[2], List.of(way.get(0)));
    assertThatThrownBy(() -> descriptors.receive(way.get(1), 1, 1)).isInstanceOf(IOException.class);
    assertThat(open()).isEqualTo(before);
  }

  @Test
  void asManyDescriptorsAsTheKernelTakesGoInOneMessage() throws Exception {
    List<Integer> way = pair();
    int most = Descriptors.MOST_IN_A_MESSAGE;
    descriptors.send(way.get(0), new byte[1], Collections.nCopies(most, way.get(0)));

    List<Integer> arrived = descriptors.receive(way.get(1), 1, most).descriptors();

    opened.addAll(arrived);
    assertThat(arrived).hasSize(most).doesNotHaveDuplicates();
    assertThatThrownBy(
            () ->
                descriptors.send(
                    way.get(0), new byte[1], Collections.nCopies(most + 1, way.get(0))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> descriptors.send(way.get(0), new byte[0], List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoHasGoneIsToldAndEndsNoProcess() throws Exception {
    List<Integer> way = descriptors.pair();
    opened.add(way.get(0));
    descriptors.close(way.get(1));

    assertThat(descriptors.receive(way.get(0), 1, 0))
        .isEqualTo(new Descriptors.Received(ByteBuffer.allocate(0), List.of()));
    assertThatThrownBy(() -> descriptors.send(way.get(0), new byte[1], List.of()))
        .hasMessage("sendmsg: the other side has gone");
    assertThat(descriptors.tcpSockets().isListening(way.get(0))).isFalse();
  }

  @Test
  void whatIsNotOpenIsTold() {
    assertThatThrownBy(() -> descriptors.close(NEVER_OPEN)).hasMessage("close: not an open file");
    assertThatThrownBy(() -> descriptors.replace(NEVER_OPEN, NEVER_OPEN - 1))
        .isInstanceOf(IOException.class);
    assertThat(descriptors.tcpSockets().isListening(NEVER_OPEN)).isFalse();
  }

  @Test
  void whatIsReceivedIsClosedOnExec() throws Exception {
    List<Integer> way = pair();
    descriptors.send(way.get(0), new byte[1], List.of(way.get(0)));
    int received = descriptors.receive(way.get(1), 1, 1).descriptors().get(0);
    opened.add(received);
    List<Integer> replaced = pair();
    descriptors.replace(replaced.get(0), way.get(0));

    for (int one : List.of(way.get(0), way.get(1), received, replaced.get(0))) {
      String flags =
          Files.readAllLines(Path.of("/proc/self/fdinfo/" + one)).stream()
              .filter(line -> line.startsWith("flags:"))
              .findFirst()
              .orElseThrow();
      assertThat(Integer.parseInt(flags.substring(6).strip(), 8) & 02000000).isNotZero();
    }
  }

  @Test
  void theNumbersAreThoseOfTheMachine() {
    assertThat(Machine.named("amd64").orElseThrow().eventData()).isEqualTo(4);
    assertThat(Machine.named("aarch64").orElseThrow().eventData()).isEqualTo(8);
    assertThat(Machine.named("s390x")).isEmpty();
  }

  private List<Integer> pair() throws IOException {
    List<Integer> pair = descriptors.pair();
    opened.addAll(pair);
    return pair;
  }

  private static ServerSocketChannel listener() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** The kernel names the socket of a port by its inode, and a descriptor by what it stands for. */
  private static int descriptorOf(InetSocketAddress address) throws IOException {
    String port = ":%04X".formatted(address.getPort());
    List<String> sockets = new ArrayList<>(Files.readAllLines(Path.of("/proc/self/net/tcp")));
    sockets.addAll(Files.readAllLines(Path.of("/proc/self/net/tcp6")));
    String inode =
        sockets.stream()
            .map(line -> line.strip().split("\\s+"))
            .filter(words -> words[1].endsWith(port) && words[3].equals("0A"))
            .map(words -> words[9])
            .findFirst()
            .orElseThrow();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        if (target(one).equals("socket:[" + inode + "]")) {
          return Integer.parseInt(one.getFileName().toString());
        }
      }
    }
    throw new IllegalStateException("no descriptor listens on " + address);
  }

  private static Set<String> open() throws IOException {
    Set<String> open = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        if (target(one).startsWith("socket:")) {
          open.add(one.getFileName().toString());
        }
      }
    }
    return open;
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException closed) {
      // The one that lists them.
      return "";
    }
  }
}
