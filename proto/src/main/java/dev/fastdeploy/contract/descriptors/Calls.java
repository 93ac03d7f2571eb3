package dev.fastdeploy.contract.descriptors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;

/** Makes system calls, and turns their failures into exceptions with words. Thread-safe. */
final class Calls {

  private static final int EINTR = 4;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "not permitted"),
          Map.entry(2, "there is no such file"),
          Map.entry(9, "not an open file"),
          Map.entry(11, "it would block"),
          Map.entry(12, "the kernel has no memory for it"),
          Map.entry(13, "not permitted"),
          Map.entry(22, "invalid"),
          Map.entry(23, "this machine has too many open files"),
          Map.entry(24, "this process has too many open files"),
          Map.entry(32, "the other side has gone"),
          Map.entry(38, "not known to this kernel"),
          Map.entry(88, "not a socket"),
          Map.entry(98, "the address is in use"),
          Map.entry(104, "the other side has gone"),
          Map.entry(109, "too many descriptors are on their way"),
          Map.entry(111, "nobody listens"));

  private final Kernel kernel;
  private final Machine machine;

  private Calls(Kernel kernel, Machine machine) {
    this.kernel = kernel;
    this.machine = machine;
  }

  /**
   * Loads the native library.
   *
   * @param socket the launcher's, beside which the library is put for a moment
   * @throws IOException if there is none for this machine, or no directory allows it
   */
  static Calls load(Path socket, Kernel kernel) throws IOException {
    String name = System.getProperty("os.arch", "");
    Machine machine =
        Machine.named(name)
            .orElseThrow(() -> new IOException("there is no native library for '" + name + "'"));
    LibraryFile.load(machine.file(), socket, kernel);
    return new Calls(kernel, machine);
  }

  Machine machine() {
    return machine;
  }

  long address(ByteBuffer buffer) {
    return kernel.address(buffer);
  }

  /** Makes a call, and repeats one that a signal has interrupted. Throws nothing. */
  long attempt(int number, long a, long b, long c, long d, long e) {
    long result;
    do {
      result = kernel.call(number, a, b, c, d, e, 0);
    } while (result == -EINTR);
    return result;
  }

  /**
   * Makes a call, and repeats one that a signal has interrupted.
   *
   * @param name the call's name, for the message
   * @throws IOException if the kernel refuses
   */
  long make(String name, int number, long a, long b, long c, long d, long e) throws IOException {
    long result = attempt(number, a, b, c, d, e);
    if (result < 0) {
      int error = (int) -result;
      throw new IOException(name + ": " + NAMES.getOrDefault(error, "error " + error));
    }
    return result;
  }

  static int aligned(int length) {
    return (length + 7) & ~7;
  }

  static ByteBuffer zeroed(int length) {
    return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
  }
}
