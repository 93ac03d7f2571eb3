package dev.fastdeploy.release;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.release.store.ReleaseStore.ArchiveKind;
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
  private final ArchiveKind kind;
  private final StagingLimits limits;
  private final StagingProgress progress;

  /** Creates a source that is read to its end. */
  ArchiveSource(Path archive, ArchiveKind kind, StagingLimits limits) {
    this(archive, kind, limits, StagingProgress.NONE);
  }

  /**
   * @param archive must not change while this is in use
   * @param progress is asked throughout whether to go on
   */
  ArchiveSource(Path archive, ArchiveKind kind, StagingLimits limits, StagingProgress progress) {
    this.archive = archive;
    this.kind = kind;
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
      InputStream unpacked = Compression.unpack(kind, packed);
      return new TarArchive(new InterruptibleStream(unpacked, progress), limits);
    } catch (IOException notThisKind) {
      packed.close();
      // The gzip reader reads the header at once; the zstd reader fails here if its library cannot
      // be loaded.
      if (kind == ArchiveKind.TAR_GZ) {
        throw new UnsafeArchiveException(
            "the archive is not a " + kind.suffix() + " (" + Diagnostics.reason(notThisKind) + ")",
            notThisKind);
      }
      throw notThisKind;
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
