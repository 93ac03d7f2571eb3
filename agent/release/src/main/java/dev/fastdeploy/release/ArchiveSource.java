package dev.fastdeploy.release;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.release.format.OtherFormatException;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A release from a compressed tar on disk. The archive is read twice, first for the manifest and
 * then for the contents, so that it can be refused before anything is written. For one thread.
 */
final class ArchiveSource implements ReleaseSource {

  private final Path archive;
  private final ReleaseFormat format;
  private final StagingLimits limits;
  private final StagingProgress progress;

  /** Creates a source that is read to its end. */
  ArchiveSource(Path archive, ReleaseFormat format, StagingLimits limits) {
    this(archive, format, limits, StagingProgress.NONE);
  }

  /**
   * @param archive must not change while this is in use
   * @param progress is asked throughout whether to go on
   */
  ArchiveSource(
      Path archive, ReleaseFormat format, StagingLimits limits, StagingProgress progress) {
    this.archive = archive;
    this.format = format;
    this.limits = limits;
    this.progress = progress;
  }

  @Override
  public ReleaseManifest manifest() throws IOException {
    ManifestBuilder manifest = new ManifestBuilder(limits);
    try (TarArchive tar = open()) {
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        Optional<ReleasePath> path = ReleasePath.read(entry.name());
        if (path.isPresent()) {
          add(manifest, path.get(), entry);
        } else if (!entry.isDirectory()) {
          throw UnsafeArchiveException.entry(entry.name(), "has no name");
        }
      }
      return manifest.build(tar.origin());
    }
  }

  @Override
  public void read(Sink sink) throws IOException {
    try (TarArchive tar = open()) {
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        Optional<ReleasePath> path = ReleasePath.read(entry.name());
        if (path.isPresent() && entry.isFile()) {
          sink.accept(path.get(), tar.content());
        }
      }
    }
  }

  private TarArchive open() throws IOException {
    // Checked on both sides: few bytes can unpack to many, and many to none.
    InputStream packed = new InterruptibleStream(Files.newInputStream(archive), progress);
    try {
      InputStream unpacked = format.unpack(packed);
      return new TarArchive(new InterruptibleStream(unpacked, progress), limits);
    } catch (OtherFormatException other) {
      packed.close();
      throw new UnsafeArchiveException(
          "the archive is not a " + format.suffix() + ": " + Diagnostics.reason(other), other);
    } catch (EOFException cutOff) {
      packed.close();
      throw TarArchive.damaged(cutOff);
    } catch (IOException failure) {
      packed.close();
      throw failure;
    }
  }

  private static void add(ManifestBuilder manifest, ReleasePath path, TarEntry entry)
      throws UnsafeArchiveException {
    if (entry.isFile()) {
      manifest.addFile(path, entry.mode(), entry.modified(), entry.size());
      return;
    }
    if (entry.size() != 0) {
      throw UnsafeArchiveException.entry(path.value(), "is not a file but has content");
    }
    switch (entry.type()) {
      case TarHeader.DIRECTORY -> manifest.addDirectory(path, entry.mode(), entry.modified());
      case TarHeader.SYMBOLIC_LINK ->
          manifest.addSymbolicLink(path, entry.linkName(), entry.modified());
      case TarHeader.HARD_LINK -> manifest.addHardLink(path, fileOf(path, entry));
      default -> throw UnsafeArchiveException.entry(path.value(), "is " + describe(entry));
    }
  }

  private static ReleasePath fileOf(ReleasePath path, TarEntry link) throws UnsafeArchiveException {
    return ReleasePath.read(link.linkName())
        .orElseThrow(() -> UnsafeArchiveException.entry(path.value(), "is a link to a directory"));
  }

  private static String describe(TarEntry entry) {
    return switch (entry.type()) {
          case TarHeader.CHARACTER_DEVICE, TarHeader.BLOCK_DEVICE -> "a device";
          case TarHeader.FIFO -> "a FIFO";
          default -> "of the type " + Text.shortened(String.valueOf(entry.type()), 1);
        }
        + "; only files, directories and links can be released";
  }
}
