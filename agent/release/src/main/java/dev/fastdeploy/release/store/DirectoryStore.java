package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.release.format.ReleaseFormat;
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
 * Releases in a directory: a volume that instances share, or a test's folder.
 *
 * <p>A file gets its name by link(2), which never replaces a file: it exists completely or not at
 * all.
 */
final class DirectoryStore implements ReleaseStore {

  private final Path root;
  private final Path directory;
  private final String app;
  private final String description;
  private final Publications publications;

  DirectoryStore(StoreLocation.Directory place, StoreLocation location) {
    this.root = place.path();
    this.directory = root.resolve(location.app());
    this.app = location.app();
    this.description = location.description();
    this.publications = new Publications(location.app(), new InDirectory());
  }

  @Override
  public Optional<StoredArchive> find(Commit commit) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException("the store '" + root + "' is not a directory; create or mount it");
    }
    return publications.find(commit);
  }

  @Override
  public void publish(Commit commit, Path archive, ReleaseFormat format, String sha256)
      throws IOException {
    Checksum checksum = new Checksum(sha256);
    try {
      Files.createDirectories(directory);
      publications.publish(commit, archive, format, checksum);
    } catch (FileAlreadyExistsException known) {
      throw known;
    } catch (IOException failure) {
      throw new IOException(
          "'"
              + commit
              + "' could not be published to '"
              + directory
              + "': "
              + Diagnostics.reason(failure),
          failure);
    }
  }

  private final class InDirectory implements Publications.Objects {

    @Override
    public Optional<byte[]> head(String name) throws IOException {
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
      Path file = directory.resolve(name);
      return Files.exists(file) ? Optional.of(Files.size(file)) : Optional.empty();
    }

    @Override
    public InputStream open(String name, long size) throws IOException {
      return StoredFile.open(directory.resolve(name));
    }

    @Override
    public boolean create(String name, Path content, Checksum checksum) throws IOException {
      return DirectoryStore.this.create(directory.resolve(name), content);
    }

    @Override
    public boolean create(String name, byte[] content) throws IOException {
      Path written = Files.createTempFile(directory, ".publishing-", Checksum.SUFFIX);
      try {
        Files.write(written, content);
        return DirectoryStore.this.create(directory.resolve(name), written);
      } finally {
        Files.deleteIfExists(written);
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
  }

  /**
   * Creates a file with the content of another, whole and durably.
   *
   * @return false if the file is there already
   */
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
  public String app() {
    return app;
  }

  @Override
  public String description() {
    return description;
  }
}
