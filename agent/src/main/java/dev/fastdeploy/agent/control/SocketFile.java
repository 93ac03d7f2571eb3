package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.DurableFiles;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file of a Unix socket. A stale one is in the way of a new one. */
final class SocketFile {

  private static final Set<PosixFilePermission> FOR_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Path path;

  SocketFile(Path path) {
    this.path = path;
  }

  /**
   * Removes the socket of an earlier process.
   *
   * @throws IOException if the file is not a socket, a process listens on it, or others may enter
   *     the directory, with a message for the user
   */
  void makeWay() throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      DurableFiles.createPrivateDirectory(parent);
      requirePrivate(parent);
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    // Java has no test for a socket: it is none of the other kinds.
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new IOException("'" + path + "' is there and is not a socket; remove it");
    }
    if (somebodyListens()) {
      throw new IOException("another process listens on '" + path + "'; end it");
    }
    Files.delete(path);
  }

  /** Lets only the owner connect. */
  void restrict() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
  }

  /**
   * Refuses a directory that others may enter: from its creation until it is restricted, the socket
   * is open to anyone who reaches it.
   */
  private static void requirePrivate(Path directory) throws IOException {
    if (Files.getPosixFilePermissions(directory).stream().anyMatch(FOR_OTHERS::contains)) {
      throw new IOException(
          "other users may enter the socket's directory '"
              + directory
              + "'; run chmod 700 "
              + directory);
    }
  }

  private boolean somebodyListens() {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return channel.isConnected();
    } catch (IOException nobody) {
      return false;
    }
  }
}
