package dev.fastdeploy.contract.descriptors;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private static final int AF_UNIX = 1;
  private static final int SOCK_SEQPACKET_CLOSED_ON_EXEC = 5 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int SO_ACCEPTCONN = 30;
  private static final int MSG_CTRUNC = 0x8;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EINTR = 4;

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Lengths of {@code struct msghdr}, {@code struct iovec} and {@code struct cmsghdr}. */
  private static final int MSGHDR = 56;

  private static final int IOVEC = 16;
  private static final int CMSGHDR = 16;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "not permitted"),
          Map.entry(9, "not an open file"),
          Map.entry(11, "it would block"),
          Map.entry(22, "invalid"),
          Map.entry(24, "this process has too many open files"),
          Map.entry(32, "the other side has gone"),
          Map.entry(38, "not known to this kernel"),
          Map.entry(88, "not a socket"),
          Map.entry(104, "the other side has gone"),
          Map.entry(109, "too many descriptors are on their way"));

  private final Machine machine;

  private Descriptors(Machine machine) {
    this.machine = machine;
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
   * Loads the native library and tries it on sockets of its own. JDK 24 and later warn of that
   * unless native access is enabled for this class's module (JEP 472).
   *
   * @param directory where the library is put for a moment; must not be mounted {@code noexec}
   * @throws IOException if this machine, kernel or directory does not allow it, with the reason
   */
  public static Descriptors load(Path directory) throws IOException {
    String name = System.getProperty("os.arch", "");
    Machine machine =
        Machine.named(name)
            .orElseThrow(() -> new IOException("there is no native library for '" + name + "'"));
    // Not a random name, for which the JVM would start its security providers. The loader is part
    // of it: two in one JVM cannot load the same file.
    Path library =
        directory
            .resolve(
                "native-"
                    + ProcessHandle.current().pid()
                    + "-"
                    + System.identityHashCode(Descriptors.class)
                    + ".so")
            .toAbsolutePath();
    try (InputStream in = Descriptors.class.getResourceAsStream(machine.file())) {
      if (in == null) {
        throw new IOException("this jar lacks " + machine.file() + "; build it again");
      }
      Files.deleteIfExists(library);
      Files.createFile(library, OWNER_ONLY);
      Files.write(library, in.readAllBytes());
      System.load(library.toString());
    } catch (UnsatisfiedLinkError refused) {
      throw new IOException(
          "the native library cannot be loaded from '"
              + directory
              + "': "
              + Diagnostics.reason(refused),
          refused);
    } finally {
      // What is mapped stays.
      Files.deleteIfExists(library);
    }
    Descriptors descriptors = new Descriptors(machine);
    Optional<String> unusable = descriptors.unusableBecause();
    if (unusable.isPresent()) {
      throw new IOException(unusable.get());
    }
    return descriptors;
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
        call(
            machine.socketpair(),
            AF_UNIX,
            SOCK_SEQPACKET_CLOSED_ON_EXEC,
            0,
            SystemCalls.address(two)));
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
    check("sendmsg", call(machine.sendmsg(), socket, header.address(), MSG_NOSIGNAL, 0));
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
        check("recvmsg", call(machine.recvmsg(), socket, header.address(), MSG_CMSG_CLOEXEC, 0));
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
    check("dup3", call(machine.dup3(), by, descriptor, O_CLOEXEC, 0));
  }

  /**
   * Closes a descriptor.
   *
   * @throws IOException if it is not open
   */
  public void close(int descriptor) throws IOException {
    check("close", call(machine.close(), descriptor, 0, 0, 0));
  }

  /**
   * Sets how many connections may wait to be accepted, also for a socket that listens already; the
   * kernel takes no more than {@code net.core.somaxconn} (listen(2)).
   *
   * @throws IOException if it is not a socket that may listen
   */
  public void listen(int descriptor, int backlog) throws IOException {
    check("listen", call(machine.listen(), descriptor, backlog, 0, 0));
  }

  /**
   * Returns true if a descriptor is a socket that listens.
   *
   * @throws IOException if it is not a socket
   */
  public boolean isListening(int descriptor) throws IOException {
    ByteBuffer value = zeroed(8);
    value.putInt(4, 4);
    long address = SystemCalls.address(value);
    check(
        "getsockopt",
        SystemCalls.call(
            machine.getsockopt(), descriptor, SOL_SOCKET, SO_ACCEPTCONN, address, address + 4, 0));
    return value.getInt(0) != 0;
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
        call(
            machine.fcntl(),
            descriptor,
            F_SETFL,
            nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK,
            0));
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
    check(
        "epoll_ctl",
        call(machine.epollCtl(), epoll, EPOLL_CTL_ADD, descriptor, SystemCalls.address(event)));
  }

  /**
   * Lets an epoll instance watch a descriptor no more. Must come before what the descriptor stands
   * for is replaced: the instance watches the open file, which may live on in another process.
   *
   * @throws IOException if it did not watch it
   */
  public void unwatch(int epoll, int descriptor) throws IOException {
    check("epoll_ctl", call(machine.epollCtl(), epoll, EPOLL_CTL_DEL, descriptor, 0));
  }

  private long flags(int descriptor) throws IOException {
    return check("fcntl", call(machine.fcntl(), descriptor, F_GETFL, 0, 0));
  }

  private void closeQuietly(int descriptor) {
    SystemCalls.call(machine.close(), descriptor, 0, 0, 0, 0, 0);
  }

  /** Repeats a call that a signal has interrupted; those that are made here may be repeated. */
  private static long call(int number, long a, long b, long c, long d) {
    long result;
    do {
      result = SystemCalls.call(number, a, b, c, d, 0, 0);
    } while (result == -EINTR);
    return result;
  }

  private static long check(String call, long result) throws IOException {
    if (result < 0) {
      int error = (int) -result;
      throw new IOException(call + ": " + NAMES.getOrDefault(error, "error " + error));
    }
    return result;
  }

  private static int aligned(int length) {
    return (length + 7) & ~7;
  }

  private static ByteBuffer zeroed(int length) {
    return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
  }

  /** A {@code struct msghdr} with one piece of data (sendmsg(2)). Keeps what it points to. */
  private static final class Header {

    private final ByteBuffer memory = zeroed(MSGHDR + IOVEC);
    private final ByteBuffer body;
    private final ByteBuffer rights;

    Header(ByteBuffer body, ByteBuffer rights, long controlLength) {
      this.body = body;
      this.rights = rights;
      long pieces = address() + MSGHDR;
      memory.putLong(16, pieces).putLong(24, 1);
      memory.putLong(32, controlLength == 0 ? 0 : SystemCalls.address(rights));
      memory.putLong(40, controlLength);
      memory.putLong(MSGHDR, SystemCalls.address(body)).putLong(MSGHDR + 8, body.capacity());
    }

    long address() {
      return SystemCalls.address(memory);
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
