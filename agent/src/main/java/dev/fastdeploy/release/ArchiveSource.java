package dev.fastdeploy.release;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.release.store.ReleaseStore.ArchiveKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A release from a compressed tar on disk. The archive is read twice, once for the manifest and
 * once for the contents, so that it is refused before anything of it is written. For one thread.
 */
final class ArchiveSource implements ReleaseSource {

  private static final int MODE = 07777;

  private final Path archive;
  private final ArchiveKind kind;
  private final StagingLimits limits;

  /**
   * @param archive must not change while this is in use
   */
  ArchiveSource(Path archive, ArchiveKind kind, StagingLimits limits) {
    this.archive = archive;
    this.kind = kind;
    this.limits = limits;
  }

  @Override
  public ReleaseManifest manifest() throws IOException {
    ManifestBuilder manifest = new ManifestBuilder(limits);
    try (TarArchive tar = open()) {
      for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
        Optional<ReleasePath> path = ReleasePath.read(entry.getName());
        if (path.isPresent()) {
          add(manifest, path.get(), entry);
        } else if (!entry.isDirectory()) {
          throw UnsafeArchiveException.entry(entry.getName(), "has no name");
        }
      }
    }
    return manifest.build();
  }

  @Override
  public void read(Sink sink) throws IOException {
    try (TarArchive tar = open()) {
      for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
        Optional<ReleasePath> path = ReleasePath.read(entry.getName());
        if (path.isPresent() && isFile(entry)) {
          sink.accept(path.get(), tar.content());
        }
      }
    }
  }

  private TarArchive open() throws IOException {
    InputStream packed = Files.newInputStream(archive);
    try {
      return new TarArchive(Compression.unpack(kind, packed), limits);
    } catch (IOException notThisKind) {
      packed.close();
      // The gzip reader looks at the header at once; the zstd reader fails to load its library
      // here.
      if (kind == ArchiveKind.TAR_GZ) {
        throw new UnsafeArchiveException(
            "the archive is not a " + kind.suffix() + " (" + Diagnostics.reason(notThisKind) + ")",
            notThisKind);
      }
      throw notThisKind;
    }
  }

  private static void add(ManifestBuilder manifest, ReleasePath path, TarArchiveEntry entry)
      throws UnsafeArchiveException {
    int mode = entry.getMode() & MODE;
    FileTime modified = entry.getLastModifiedTime();
    if (entry.isSparse()) {
      throw UnsafeArchiveException.entry(
          path.value(), "is a sparse file; pack it without --sparse");
    }
    if (isFile(entry)) {
      manifest.addFile(path, mode, modified, entry.getSize());
      return;
    }
    if (entry.getSize() != 0) {
      throw UnsafeArchiveException.entry(path.value(), "is no file and has content all the same");
    }
    if (entry.isDirectory()) {
      manifest.addDirectory(path, mode, modified);
    } else if (entry.isSymbolicLink()) {
      manifest.addSymbolicLink(path, entry.getLinkName(), modified);
    } else if (entry.isLink()) {
      ReleasePath file =
          ReleasePath.read(entry.getLinkName())
              .orElseThrow(
                  () -> UnsafeArchiveException.entry(path.value(), "is a link to a directory"));
      manifest.addHardLink(path, file);
    } else {
      throw UnsafeArchiveException.entry(path.value(), "is " + describe(entry));
    }
  }

  private static boolean isFile(TarArchiveEntry entry) {
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG ->
          !entry.isDirectory();
      default -> false;
    };
  }

  private static String describe(TarArchiveEntry entry) {
    if (entry.isCharacterDevice() || entry.isBlockDevice()) {
      return "a device; only files, directories and links can be released";
    }
    if (entry.isFIFO()) {
      return "a FIFO; only files, directories and links can be released";
    }
    return "of the type "
        + entry.getLinkFlag()
        + "; only files, directories and links can be released";
  }
}
