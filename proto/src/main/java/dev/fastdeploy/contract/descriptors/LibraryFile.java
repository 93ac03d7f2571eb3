package dev.fastdeploy.contract.descriptors;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file in which the native library lies for the moment in which a JVM loads it: beside the
 * launcher's socket, in the user's own home, or in the JVM's temporary directory if the home is
 * mounted {@code noexec}. Whoever can replace it runs code in the process, so it is made anew and
 * for its owner alone. The home is the user's own by contract; the temporary directory must not let
 * another user rename it.
 */
final class LibraryFile {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int STICKY = 01000;

  private LibraryFile() {}

  /**
   * Loads the library.
   *
   * @param name its name in this jar
   * @param socket the launcher's, which need not exist
   * @throws IOException if no directory allows it, with the reason of each
   */
  static void load(String name, Path socket, Kernel kernel) throws IOException {
    load(name, socket, Path.of(System.getProperty("java.io.tmpdir", "/tmp")), kernel);
  }

  static void load(String name, Path socket, Path temporary, Kernel kernel) throws IOException {
    byte[] library;
    try (InputStream in = LibraryFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("this jar lacks " + name + "; build it again");
      }
      library = in.readAllBytes();
    }
    Path home = socket.toAbsolutePath().resolveSibling("");
    try {
      load(library, home, kernel);
    } catch (IOException | UnsatisfiedLinkError refused) {
      try {
        requireSafe(temporary);
        load(library, temporary.toAbsolutePath(), kernel);
      } catch (IOException | UnsatisfiedLinkError again) {
        throw new IOException(
            "the native library cannot be loaded from '"
                + home
                + "': "
                + Diagnostics.reason(refused)
                + "; nor from '"
                + temporary
                + "': "
                + Diagnostics.reason(again),
            again);
      }
    }
  }

  /**
   * Requires that no other user can rename what lies in a directory, but root: in a sticky one its
   * owner can.
   */
  private static void requireSafe(Path directory) throws IOException {
    int mode = (Integer) Files.getAttribute(directory, "unix:mode");
    if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
      throw new IOException("other users can replace files in it; chmod +t");
    }
    int owner = (Integer) Files.getAttribute(directory, "unix:uid");
    if (owner != 0 && owner != (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) {
      throw new IOException("it belongs to another user, " + owner);
    }
  }

  /** What is mapped stays. */
  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // Nobody but its owner can change it, and no name is used twice.
    }
  }

  private static void load(byte[] library, Path directory, Kernel kernel) throws IOException {
    // Not a random name, for which the JVM would start its security providers. The time is part of
    // it: two loaders in one JVM cannot load the same file, and two containers may share a
    // directory.
    Path file =
        directory.resolve(
            "native-"
                + ProcessHandle.current().pid()
                + "-"
                + Long.toHexString(System.nanoTime())
                + ".so");
    // Fails if somebody has put a file or a link there.
    SeekableByteChannel channel =
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY);
    try {
      try (channel) {
        ByteBuffer left = ByteBuffer.wrap(library);
        while (left.hasRemaining()) {
          channel.write(left);
        }
      }
      kernel.load(file.toString());
    } finally {
      deleteQuietly(file);
    }
  }
}
