package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
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
 * Releases in a directory: a volume that instances share, or a test's folder.
 *
 * <p>A file gets its name by link(2), which never replaces one: it is there whole or not at all.
 * The archive comes first and the checksum last, so that a commit counts as published only when
 * both are there; publishing the same bytes again completes what was interrupted. Two publishers
 * that use different kinds for one commit at the same moment are not kept apart.
 */
final class DirectoryStore implements ReleaseStore {

  private final Path root;
  private final Path directory;
  private final String description;

  DirectoryStore(StoreLocation.Directory place, StoreLocation location) {
    this.root = place.path();
    this.directory = root.resolve(location.app());
    this.description = location.description();
  }

  @Override
  public Optional<StoredArchive> find(Commit commit) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException("the store '" + root + "' is not a directory; create or mount it");
    }
    for (ArchiveKind kind : ArchiveKind.values()) {
      Names names = Names.of(commit, kind);
      Path archive = directory.resolve(names.archive());
      if (Files.exists(archive)) {
        return Optional.of(stored(archive, names, kind));
      }
    }
    return Optional.empty();
  }

  private StoredArchive stored(Path archive, Names names, ArchiveKind kind) throws IOException {
    Path file = directory.resolve(names.checksum());
    try {
      Checksum checksum = Checksum.parse(head(file), file.toString());
      return new StoredArchive(
          kind, Files.size(archive), checksum.hex(), () -> Files.newInputStream(archive));
    } catch (NoSuchFileException missing) {
      throw new IOException(
          "'"
              + archive
              + "' is there without its checksum '"
              + file.getFileName()
              + "': it is being published, or that was interrupted; publish it again",
          missing);
    } catch (IOException failure) {
      throw new IOException(
          "the store '" + root + "' cannot be read: " + Diagnostics.reason(failure), failure);
    }
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return content.readNBytes(Checksum.LONGEST_FILE);
    }
  }

  @Override
  public void publish(Commit commit, Path archive, ArchiveKind kind, String sha256)
      throws IOException {
    Checksum checksum = new Checksum(sha256);
    Names names = Names.of(commit, kind);
    refuseOtherKinds(commit, kind);
    Path target = directory.resolve(names.archive());
    Path checksumTarget = directory.resolve(names.checksum());
    try {
      Files.createDirectories(directory);
      if (!create(target, archive)) {
        completeOrRefuse(commit, target, checksumTarget, checksum);
      }
      Path written = Files.createTempFile(directory, ".publishing-", Checksum.SUFFIX);
      try {
        Files.write(written, checksum.file(names.archive()));
        if (!create(checksumTarget, written)) {
          requireSame(checksumTarget, checksum);
        }
      } finally {
        Files.deleteIfExists(written);
      }
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

  private void refuseOtherKinds(Commit commit, ArchiveKind kind) throws IOException {
    for (ArchiveKind other : ArchiveKind.values()) {
      Path archive = directory.resolve(Names.of(commit, other).archive());
      if (other != kind && Files.exists(archive)) {
        throw alreadyThere(commit, archive);
      }
    }
  }

  /** An archive of the same bytes that lacks its checksum is one that was interrupted. */
  private static void completeOrRefuse(
      Commit commit, Path target, Path checksumTarget, Checksum checksum) throws IOException {
    if (Files.exists(checksumTarget) || !Checksum.of(target).equals(checksum)) {
      throw alreadyThere(commit, target);
    }
  }

  private static void requireSame(Path checksumTarget, Checksum checksum) throws IOException {
    if (!Checksum.parse(head(checksumTarget), checksumTarget.toString()).equals(checksum)) {
      throw new IOException(
          "'"
              + checksumTarget
              + "' holds the checksum of other bytes; remove it and publish again");
    }
  }

  private static FileAlreadyExistsException alreadyThere(Commit commit, Path archive) {
    return new FileAlreadyExistsException(
        archive.toString(),
        null,
        "the commit '" + commit + "' was published before; a published commit never changes");
  }

  /**
   * Creates a file with the content of another, whole and durably.
   *
   * @return false if the file is there already
   */
  private boolean create(Path target, Path content) throws IOException {
    Path beside = target.resolveSibling(".publishing-" + UUID.randomUUID());
    try {
      // Not copied file to file, which would copy the mode of a temporary file that only its owner
      // may read.
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
  public String description() {
    return description;
  }
}
