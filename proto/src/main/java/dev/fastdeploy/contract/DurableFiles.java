package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes to files that survive a kill and a power cut: written beside, synced, renamed over. On
 * Linux a rename within a directory is atomic (rename(2)), and a directory's entries are durable
 * once the directory itself is synced (fsync(2)).
 */
public final class DurableFiles {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private DurableFiles() {}

  /** Creates a directory, and its parents, that only its owner may enter. An existing one stays. */
  public static void createPrivateDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, OWNER_ONLY);
    }
  }

  /**
   * Creates a directory that only its owner may enter.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something with that name exists, even a
   *     dangling link
   */
  static void createPrivateDirectoryItself(Path directory) throws IOException {
    Files.createDirectory(directory, OWNER_ONLY);
  }

  /**
   * Replaces a file's whole content. Afterwards it has the old or the new one, nothing in between.
   *
   * @throws IOException if that fails, naming the file: for a full disk the kernel does not say
   *     what it should have held
   */
  public static void write(Path file, byte[] content) throws IOException {
    try {
      writeBeside(file, content);
    } catch (FileSystemException failure) {
      throw unwritten(file, failure.getReason(), failure);
    } catch (IOException failure) {
      throw unwritten(file, failure.getMessage(), failure);
    }
  }

  private static IOException unwritten(Path file, @Nullable String reason, IOException failure) {
    // Not the message: it names the file beside, which has a different name each time.
    String why =
        failure instanceof AccessDeniedException
            ? "this user may not write there; check the directory's owner and mode"
            : reason == null ? Diagnostics.kind(failure) : reason;
    return new IOException("'" + file + "' could not be written: " + why, failure);
  }

  private static void writeBeside(Path file, byte[] content) throws IOException {
    write(file, content, beside(file));
  }

  /**
   * Replaces a file's whole content by way of a name that the caller knows.
   *
   * @param beside must not exist, and does not exist afterwards
   * @param attributes the attributes of the file that is made
   */
  static void write(Path file, byte[] content, Path beside, FileAttribute<?>... attributes)
      throws IOException {
    try {
      try (FileChannel channel =
          FileChannel.open(
              beside,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              attributes)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      rename(beside, file);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Points a symbolic link elsewhere, or creates it; readers see the old or the new target. */
  public static void link(Path link, Path target) throws IOException {
    Path beside = beside(link);
    try {
      Files.createSymbolicLink(beside, target);
      rename(beside, link);
    } catch (FileSystemException failure) {
      throw unwritten(link, failure.getReason(), failure);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Renames within one file system, over an existing file, and syncs the directory. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(parentOf(to));
  }

  /** Syncs a directory and everything below it. */
  public static void syncTree(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              sync(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            syncDirectory(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Syncs a directory's entries. */
  public static void syncDirectory(Path directory) throws IOException {
    sync(directory);
  }

  /** Removes a file, or a directory with everything below it; links are removed, not followed. */
  public static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
              throws IOException {
            makeWritable(visited);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            try {
              Files.deleteIfExists(visited);
            } catch (DirectoryNotEmptyException raced) {
              deleteTree(visited);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Makes a directory writable. A release may hold read-only ones, from which nothing can be
   * removed.
   */
  private static void makeWritable(Path directory) throws IOException {
    if (!Files.isWritable(directory)) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path beside(Path file) {
    return parentOf(file)
        .resolve("." + file.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".new");
  }

  private static Path parentOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("'" + file + "' has no parent directory");
    }
    return parent;
  }
}
