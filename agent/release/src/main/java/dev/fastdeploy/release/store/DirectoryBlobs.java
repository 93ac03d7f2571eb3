package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * Blobs in a directory: a volume that instances share, or a test's folder.
 *
 * <p>A file gets its name by link(2), which never replaces a file: it exists completely or not at
 * all.
 */
final class DirectoryBlobs implements BlobStore {

  private final Path root;
  private final Path directory;

  /**
   * @param root the store's directory
   * @param app the application, whose directory is below it
   */
  DirectoryBlobs(Path root, String app) {
    this.root = root;
    this.directory = root.resolve(app);
  }

  @Override
  public Optional<byte[]> head(String name) throws IOException {
    requireRoot();
    try (InputStream content = StoredFile.open(directory.resolve(name))) {
      return Optional.of(content.readNBytes(Checksum.LONGEST_FILE));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new IOException(
          "the store '" + root + "' cannot be read: " + Diagnostics.reason(failure), failure);
    }
  }

  @Override
  public Optional<Long> size(String name) throws IOException {
    requireRoot();
    Path file = directory.resolve(name);
    return Files.exists(file) ? Optional.of(Files.size(file)) : Optional.empty();
  }

  /** A volume that is not mounted must not look like one without releases. */
  private void requireRoot() throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException("the store '" + root + "' is not a directory; create or mount it");
    }
  }

  @Override
  public InputStream open(String name, long size) throws IOException {
    return StoredFile.open(directory.resolve(name));
  }

  @Override
  public void prepareFor(Path content) throws IOException {
    Files.createDirectories(directory);
  }

  @Override
  public boolean putIfAbsent(String name, Path content, Checksum checksum) throws IOException {
    return create(directory.resolve(name), content);
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    Path written = Files.createTempFile(directory, ".publishing-", Checksum.SUFFIX);
    try {
      Files.write(written, content);
      return create(directory.resolve(name), written);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /** Creates a file with the content of another, whole and durably. */
  private boolean create(Path target, Path content) throws IOException {
    Path beside = target.resolveSibling(".publishing-" + UUID.randomUUID());
    try {
      // Not by Files.copy, which would copy the mode of a temporary file that only its owner may
      // read.
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        Files.copy(content, Channels.newOutputStream(channel));
        channel.force(true);
      }
      Files.createLink(target, beside);
      DurableFiles.syncDirectory(directory);
      return true;
    } catch (FileAlreadyExistsException there) {
      return false;
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  @Override
  public void remove(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
    DurableFiles.syncDirectory(directory);
  }

  @Override
  public String place(String name) {
    return "'" + directory.resolve(name) + "'";
  }

  @Override
  public IOException explain(String what, IOException failure) {
    return new IOException(
        what + " to '" + directory + "': " + Diagnostics.reason(failure), failure);
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }
}
