package dev.fastdeploy.contract.descriptors;

import static dev.fastdeploy.contract.descriptors.Calls.aligned;
import static dev.fastdeploy.contract.descriptors.Calls.zeroed;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Passes and replaces open files by their descriptors, the numbers by which the kernel knows them
 * in this process. All that is opened here is closed on exec. Thread-safe.
 *
 * <p>A descriptor of something else than is meant is changed all the same, so a caller must know
 * what each number is.
 */
public final class Descriptors {

  /** The most descriptors in one message: SCM_MAX_FD of the kernel. */
  public static final int MOST_IN_A_MESSAGE = 253;

  /** More than the kernel lets wait; it takes as many as {@code net.core.somaxconn} says. */
  public static final int LONGEST_BACKLOG = 65_535;

  private static final int AF_UNIX = 1;
  private static final int SOCK_SEQPACKET_CLOSED_ON_EXEC = 5 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_CTRUNC = 0x8;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  /** Lengths of {@code struct msghdr}, {@code struct iovec} and {@code struct cmsghdr}. */
  private static final int MSGHDR = 56;

  private static final int IOVEC = 16;
  private static final int CMSGHDR = 16;

  private final Calls calls;
  private final Machine machine;

  private Descriptors(Calls calls) {
    this.calls = calls;
    this.machine = calls.machine();
  }

  /**
   * A message and the descriptors that came with it, which the receiver closes.
   *
   * @param message read-only
   */
  public record Received(ByteBuffer message, List<Integer> descriptors) {

    public Received {
      message = message.asReadOnlyBuffer();
      descriptors = List.copyOf(descriptors);
    }
  }

  /**
   * Loads the native library into a class of its own and tries it on sockets of its own. JDK 24 and
   * later warn of that unless native access is enabled for this class's module (JEP 472).
   *
   * @param socket the launcher's, as of the other one
   * @throws IOException if this machine, kernel or no directory allows it, with the reason
   */
  public static Descriptors loadBeside(Path socket) throws IOException {
    return loadBeside(socket, new SystemCalls());
  }

  /**
   * Loads the native library and tries it on sockets of its own.
   *
   * @param socket the launcher's, which need not exist: the library is put beside it for a moment,
   *     or into the JVM's temporary directory if that does not allow it, as one that is mounted
   *     {@code noexec}
   * @throws IOException if this machine, kernel or no directory allows it, with the reason
   */
  public static Descriptors loadBeside(Path socket, Kernel kernel) throws IOException {
    Descriptors descriptors = new Descriptors(Calls.load(socket, kernel));
    Optional<String> unusable = descriptors.unusableBecause();
    if (unusable.isPresent()) {
      throw new IOException(unusable.get());
    }
    return descriptors;
  }

  /** Returns the Unix sockets over which they are passed. */
  public UnixSockets unixSockets() {
    return new UnixSockets(calls);
  }

  /** Returns what can be asked of TCP sockets, and set for them. */
  public TcpSockets tcpSockets() {
    return new TcpSockets(calls);
  }

  /** Returns the threads that wait for connections. */
  public AcceptingThreads acceptingThreads() {
    return new AcceptingThreads(calls);
  }

  /** A sandbox may know a call and do something else. */
  private Optional<String> unusableBecause() {
    List<Integer> opened = new ArrayList<>();
    try {
      List<Integer> way = pair();
      opened.addAll(way);
      List<Integer> passed = pair();
      opened.addAll(passed);
      send(way.get(0), new byte[] {1}, List.of(passed.get(0)));
      List<Integer> arrived = receive(way.get(1), 1, 1).descriptors();
      opened.addAll(arrived);
      if (arrived.size() != 1) {
        return Optional.of("this kernel does not pass descriptors to another process");
      }
      replace(way.get(0), arrived.get(0));
      send(way.get(0), new byte[] {7}, List.of());
      boolean same = receive(passed.get(1), 1, 0).message().get(0) == 7;
      return same ? Optional.empty() : Optional.of("this kernel does not replace descriptors");
    } catch (IOException | IndexOutOfBoundsException refused) {
      return Optional.of("descriptors cannot be passed here: " + Diagnostics.reason(refused));
    } finally {
      opened.forEach(this::closeQuietly);
    }
  }

  /**
   * Opens two Unix sockets that are connected to each other and keep the bounds of messages.
   *
   * @throws IOException if the kernel refuses
   */
  public List<Integer> pair() throws IOException {
    ByteBuffer two = zeroed(8);
    check(
        "socketpair",
        machine.socketpair(),
        AF_UNIX,
        SOCK_SEQPACKET_CLOSED_ON_EXEC,
        0,
        calls.address(two));
    return List.of(two.getInt(0), two.getInt(4));
  }

  /**
   * Sends descriptors over a Unix socket. They stay open here.
   *
   * @param message of at least one byte, since a stream carries no descriptors without any
   * @param descriptors at most {@link #MOST_IN_A_MESSAGE}
   * @throws IOException if the kernel refuses, or the other side has gone
   */
  public void send(int socket, byte[] message, List<Integer> descriptors) throws IOException {
    if (message.length == 0 || descriptors.size() > MOST_IN_A_MESSAGE) {
      throw new IllegalArgumentException(
          message.length + " bytes with " + descriptors.size() + " descriptors cannot be sent");
    }
    int control = descriptors.isEmpty() ? 0 : CMSGHDR + 4 * descriptors.size();
    ByteBuffer body = zeroed(message.length).put(0, message);
    ByteBuffer rights = zeroed(aligned(control));
    if (control > 0) {
      rights.putLong(0, control).putInt(8, SOL_SOCKET).putInt(12, SCM_RIGHTS);
      for (int i = 0; i < descriptors.size(); i++) {
        rights.putInt(CMSGHDR + 4 * i, descriptors.get(i));
      }
    }
    Header header = new Header(body, rights, aligned(control));
    check("sendmsg", machine.sendmsg(), socket, header.address(), MSG_NOSIGNAL, 0);
  }

  /**
   * Waits for a message over a Unix socket. Descriptors that come with it are closed on exec.
   *
   * @param bytes the most that the message may have
   * @param most descriptors that may come with it
   * @return a message without bytes if the other side has closed
   * @throws IOException if the kernel refuses, or more came; then nothing of it stays open
   */
  public Received receive(int socket, int bytes, int most) throws IOException {
    ByteBuffer body = zeroed(bytes);
    ByteBuffer rights = zeroed(aligned(CMSGHDR + 4 * most));
    Header header = new Header(body, rights, rights.capacity());
    long length =
        check("recvmsg", machine.recvmsg(), socket, header.address(), MSG_CMSG_CLOEXEC, 0);
    List<Integer> descriptors = new ArrayList<>();
    long control = header.controlLength();
    if (control >= CMSGHDR && rights.getInt(8) == SOL_SOCKET && rights.getInt(12) == SCM_RIGHTS) {
      for (int at = CMSGHDR; at + 4 <= rights.getLong(0); at += 4) {
        descriptors.add(rights.getInt(at));
      }
    }
    if ((header.flags() & (MSG_CTRUNC | MSG_TRUNC)) != 0) {
      descriptors.forEach(this::closeQuietly);
      throw new IOException(
          "a message of more than " + bytes + " bytes or " + most + " descriptors came");
    }
    return new Received(body.limit((int) length), descriptors);
  }

  /**
   * Lets a descriptor stand for the open file of another one, as dup3(2): what it was is closed in
   * the same moment. Both stay open. Does not wake a thread that waits on what it was.
   *
   * @throws IOException if the kernel refuses
   */
  public void replace(int descriptor, int by) throws IOException {
    check("dup3", machine.dup3(), by, descriptor, O_CLOEXEC, 0);
  }

  /**
   * Returns another descriptor of the same open file, which the caller closes.
   *
   * @throws IOException if it is not open, or too many are
   */
  public int duplicate(int descriptor) throws IOException {
    return (int) check("fcntl", machine.fcntl(), descriptor, F_DUPFD_CLOEXEC, 0, 0);
  }

  /**
   * Closes a descriptor.
   *
   * @throws IOException if it is not open
   */
  public void close(int descriptor) throws IOException {
    check("close", machine.close(), descriptor, 0, 0, 0);
  }

  /**
   * Sets how many connections may wait to be accepted, also for a socket that listens already; the
   * kernel takes no more than {@code net.core.somaxconn} (listen(2)).
   *
   * @throws IOException if it is not a socket that may listen
   */
  public void listen(int descriptor, int backlog) throws IOException {
    check("listen", machine.listen(), descriptor, backlog, 0, 0);
  }

  /**
   * Returns true if calls on the open file do not block.
   *
   * @throws IOException if it is not open
   */
  public boolean isNonBlocking(int descriptor) throws IOException {
    return (flags(descriptor) & O_NONBLOCK) != 0;
  }

  /**
   * Sets whether calls on the open file block. That holds for all descriptors that stand for it, in
   * all processes.
   *
   * @throws IOException if it is not open
   */
  public void setNonBlocking(int descriptor, boolean nonBlocking) throws IOException {
    long flags = flags(descriptor);
    check(
        "fcntl",
        machine.fcntl(),
        descriptor,
        F_SETFL,
        nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK,
        0);
  }

  /**
   * Lets an epoll instance watch a descriptor.
   *
   * @param events as epoll_ctl(2) has them
   * @param data what epoll tells of it
   * @throws IOException if the kernel refuses
   */
  public void watch(int epoll, int descriptor, int events, long data) throws IOException {
    ByteBuffer event = zeroed(16);
    event.putInt(0, events).putLong(machine.eventData(), data);
    check("epoll_ctl", machine.epollCtl(), epoll, EPOLL_CTL_ADD, descriptor, calls.address(event));
  }

  /**
   * Lets an epoll instance watch a descriptor no more. Must come before what the descriptor stands
   * for is replaced: the instance watches the open file, which may live on in another process.
   *
   * @throws IOException if it did not watch it
   */
  public void unwatch(int epoll, int descriptor) throws IOException {
    check("epoll_ctl", machine.epollCtl(), epoll, EPOLL_CTL_DEL, descriptor, 0);
  }

  /**
   * A watch of a descriptor by an epoll instance.
   *
   * @param epoll the descriptor of the instance
   * @param events as epoll_ctl(2) has them
   * @param data what epoll tells of it
   */
  public record Watch(int epoll, int events, long data) {}

  /**
   * Returns who watches a descriptor in this process, from {@code /proc/self/fdinfo} (proc(5)).
   *
   * @throws IOException if the kernel does not show it
   */
  public List<Watch> watches(int descriptor) throws IOException {
    List<Watch> found = new ArrayList<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN_FILES)) {
      for (Path one : open) {
        int number = Integer.parseInt(one.getFileName().toString());
        if (isEpoll(one)) {
          for (String line : linesOf(number)) {
            watch(line, number, descriptor).ifPresent(found::add);
          }
        }
      }
    }
    return found;
  }

  private static boolean isEpoll(Path open) {
    try {
      return Files.readSymbolicLink(open).toString().equals("anon_inode:[eventpoll]");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static List<String> linesOf(int epoll) {
    try {
      return Files.readAllLines(Path.of("/proc/self/fdinfo/" + epoll));
    } catch (IOException closedMeanwhile) {
      return List.of();
    }
  }

  /** A line is like {@code tfd: 5 events: 19 data: 5 pos:0 ino:8 sdev:9}, numbers hexadecimal. */
  private static Optional<Watch> watch(String line, int epoll, int descriptor) {
    String[] words = line.strip().split("\\s+", -1);
    if (words.length < 6 || !words[0].equals("tfd:") || !words[1].equals("" + descriptor)) {
      return Optional.empty();
    }
    return Optional.of(
        new Watch(
            epoll, Integer.parseUnsignedInt(words[3], 16), Long.parseUnsignedLong(words[5], 16)));
  }

  private long flags(int descriptor) throws IOException {
    return check("fcntl", machine.fcntl(), descriptor, F_GETFL, 0, 0);
  }

  /** Closes a descriptor that may be closed already. */
  public void closeQuietly(int descriptor) {
    calls.attempt(machine.close(), descriptor, 0, 0, 0, 0);
  }

  private long check(String name, int number, long a, long b, long c, long d) throws IOException {
    return calls.make(name, number, a, b, c, d, 0);
  }

  /** A {@code struct msghdr} with one piece of data (sendmsg(2)). Keeps what it points to. */
  private final class Header {

    private final ByteBuffer memory = zeroed(MSGHDR + IOVEC);
    private final ByteBuffer body;
    private final ByteBuffer rights;

    Header(ByteBuffer body, ByteBuffer rights, long controlLength) {
      this.body = body;
      this.rights = rights;
      long pieces = address() + MSGHDR;
      memory.putLong(16, pieces).putLong(24, 1);
      memory.putLong(32, controlLength == 0 ? 0 : calls.address(rights));
      memory.putLong(40, controlLength);
      memory.putLong(MSGHDR, calls.address(body)).putLong(MSGHDR + 8, body.capacity());
    }

    long address() {
      return calls.address(memory);
    }

    long controlLength() {
      return memory.getLong(40);
    }

    int flags() {
      return memory.getInt(48);
    }

    @Override
    public String toString() {
      return body.capacity() + " bytes, " + rights.capacity() + " of descriptors";
    }
  }
}
