package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects in a directory of one machine. A file gets its name by link(2), which never replaces a
 * file. That holds among the processes of a host but not over a network, so network and FUSE file
 * systems are refused.
 */
final class DirectoryObjects implements SharedObjects {

  private static final Pattern NOT_LOCAL =
      Pattern.compile(
          "nfs\\d*|cifs|smb\\w*|fuse.*|9p|afs|ceph|glusterfs|lustre|gpfs|beegfs|ocfs2|gfs2|virtiofs");
  private static final String UNFINISHED = ".creating-";

  private final Path root;

  /** The identity of the root directory, once it exists. */
  private @Nullable Object identity;

  /**
   * @throws IOException if the directory is not on this machine, with a message for the user
   */
  DirectoryObjects(Path root) throws IOException {
    this.root = root;
    refuse(root, Files.getFileStore(existing(root)).type());
  }

  private static Path existing(Path path) {
    Path there = path.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  /**
   * Refuses a file system that several machines may write to.
   *
   * @param type the system's name for it
   */
  static void refuse(Path root, String type) throws IOException {
    if (NOT_LOCAL.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
      throw new IOException(
          "'"
              + root
              + "' is on a file system of type '"
              + type
              + "', where two machines could both hold the lock of a deploy; use a directory of"
              + " this machine, or a bucket");
    }
  }

  /**
   * Refuses a root that was removed or unmounted: creating it again would leave half a record in
   * it.
   */
  private synchronized void requireSameRoot() throws IOException {
    Object now = null;
    try {
      now = Files.readAttributes(root, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException missing) {
      // Nothing has been written there yet, or it is gone.
    }
    if (identity == null) {
      identity = now;
    } else if (!identity.equals(now)) {
      throw new IOException(
          "the store '"
              + root
              + "' is gone, or another directory has its name; restore the original");
    }
  }

  @Override
  public boolean create(String name, byte[] content) throws IOException {
    Path target = root.resolve(name);
    Path folder = target.resolveSibling("");
    requireSameRoot();
    try {
      Files.createDirectories(folder);
      requireSameRoot();
      Path beside = folder.resolve(UNFINISHED + UUID.randomUUID());
      try {
        write(beside, content);
        Files.createLink(target, beside);
        DurableFiles.syncDirectory(folder);
        return true;
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (FileAlreadyExistsException there) {
      return read(name).map(found -> Arrays.equals(found, content)).orElse(false);
    } catch (UnsupportedOperationException | IOException failure) {
      throw new IOException(
          place(name)
              + " could not be created: "
              + Diagnostics.reason(failure)
              + "; the directory must be writable and its file system must have hard links",
          failure);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    requireSameRoot();
    try (InputStream content = StoredFile.open(root.resolve(name))) {
      return Optional.of(content.readAllBytes());
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new IOException(
          place(name) + " could not be read: " + Diagnostics.reason(failure), failure);
    }
  }

  @Override
  public List<String> list(String folder, String after, int most) throws IOException {
    requireSameRoot();
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(UNFINISHED) && name.compareTo(after) > 0)
          .sorted()
          .limit(most)
          .toList();
    } catch (NoSuchFileException missing) {
      return List.of();
    } catch (IOException failure) {
      throw new IOException(
          place(folder) + " could not be listed: " + Diagnostics.reason(failure), failure);
    }
  }

  @Override
  public String place(String name) {
    return "'" + root.resolve(name) + "'";
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }
}
