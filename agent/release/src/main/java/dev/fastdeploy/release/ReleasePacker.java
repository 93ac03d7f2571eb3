package dev.fastdeploy.release;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.release.ReleaseEntry.Directory;
import dev.fastdeploy.release.ReleaseEntry.File;
import dev.fastdeploy.release.ReleaseEntry.HardLink;
import dev.fastdeploy.release.ReleaseEntry.SymbolicLink;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Makes the archive to publish: from a directory, or from a tarball that is checked and taken as it
 * is. Refuses what staging would refuse. Thread-safe.
 *
 * <p>The same directory gives the same bytes with the same version of fastdeploy: entries are
 * sorted, owners are 0, and nothing depends on the machine or the time of packing. The archive
 * begins with its origin.
 */
public final class ReleasePacker {

  private final StagingLimits limits;
  private final ReleaseOrigin origin;

  /**
   * @param limits the limits on a release
   * @param origin the release that it is: written into a new archive, and compared with what a
   *     tarball says of itself
   */
  public ReleasePacker(StagingLimits limits, ReleaseOrigin origin) {
    this.limits = limits;
    this.origin = origin;
  }

  /**
   * Packs a directory, or takes a tarball, whose name says its format.
   *
   * @param format how to pack a directory
   * @param workDirectory where the archive is written
   * @return the archive, which the caller closes to delete it
   * @throws UnsafeArchiveException if it contains something that cannot be released
   * @throws IOException if it is neither a directory nor a tarball, or cannot be read or written;
   *     the message is for the user
   */
  public PackedRelease pack(Path directoryOrTarball, ReleaseFormat format, Path workDirectory)
      throws IOException {
    if (Files.isDirectory(directoryOrTarball)) {
      return packDirectory(directoryOrTarball, List.of(), format, workDirectory);
    }
    return takeTarball(directoryOrTarball, formatOf(directoryOrTarball), workDirectory);
  }

  /**
   * Packs a directory and files that do not lie in it.
   *
   * @see #pack(Path, ReleaseFormat, Path)
   */
  public PackedRelease packDirectory(
      Path directory, List<AddedFile> added, ReleaseFormat format, Path workDirectory)
      throws IOException {
    Path root = directory.toRealPath();
    ReleaseManifest manifest = manifest(directory, added);
    Map<ReleasePath, Path> elsewhere = new HashMap<>();
    added.forEach(other -> elsewhere.put(other.path(), other.file()));
    Path archive = newArchive(workDirectory, format);
    return finish(
        archive,
        format,
        () -> {
          try {
            write(
                path -> elsewhere.getOrDefault(path, path.below(root)), manifest, format, archive);
          } catch (IOException failure) {
            throw failed(directory, "could not be packed", failure);
          }
        });
  }

  /**
   * Requires that a directory can be packed.
   *
   * @throws UnsafeArchiveException if it contains something that cannot be released
   * @throws IOException if it cannot be read
   */
  public void requirePackable(Path directory) throws IOException {
    ReleaseManifest unused = manifest(directory, List.of());
  }

  private ReleaseManifest manifest(Path directory, List<AddedFile> added) throws IOException {
    try {
      return DirectoryManifest.of(directory.toRealPath(), added, limits);
    } catch (UnsafeArchiveException refused) {
      throw refused(directory, refused);
    } catch (IOException failure) {
      throw failed(directory, "cannot be read", failure);
    }
  }

  private static ReleaseFormat formatOf(Path tarball) throws IOException {
    if (!Files.isRegularFile(tarball)) {
      throw new IOException("'" + tarball + "' is neither a directory nor a file; build it first");
    }
    return ReleaseFormat.ofTarball(tarball.toString())
        .orElseThrow(
            () ->
                new IOException(
                    "'"
                        + tarball
                        + "' is not a release: give a directory, or a file whose name ends with "
                        + ReleaseFormat.TARBALLS));
  }

  /** Copied first, so that what was checked is what is published. */
  private PackedRelease takeTarball(Path tarball, ReleaseFormat format, Path workDirectory)
      throws IOException {
    Path archive = newArchive(workDirectory, format);
    return finish(
        archive,
        format,
        () -> {
          try {
            Files.copy(tarball, archive, StandardCopyOption.REPLACE_EXISTING);
            // Reading it to its end is the whole check.
            origin.requireApp(new ArchiveSource(archive, format, limits).manifest());
          } catch (UnsafeArchiveException refused) {
            throw refused(tarball, refused);
          } catch (IOException failure) {
            throw failed(tarball, "could not be taken", failure);
          }
        });
  }

  /** Writes an archive. */
  private interface Step {
    void run() throws IOException;
  }

  private static PackedRelease finish(Path archive, ReleaseFormat format, Step step)
      throws IOException {
    boolean complete = false;
    try {
      step.run();
      PackedRelease packed =
          new PackedRelease(archive, format, Checksum.of(archive).hex(), Files.size(archive));
      complete = true;
      return packed;
    } finally {
      if (!complete) {
        Files.deleteIfExists(archive);
      }
    }
  }

  private static Path newArchive(Path workDirectory, ReleaseFormat format) throws IOException {
    try {
      return Files.createTempFile(workDirectory, "fastdeploy-release-", format.suffix());
    } catch (IOException failure) {
      throw failed(workDirectory, "cannot be written", failure);
    }
  }

  private void write(
      Function<ReleasePath, Path> places,
      ReleaseManifest manifest,
      ReleaseFormat format,
      Path archive)
      throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        OutputStream packed = format.pack(file);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(packed, StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      writeOrigin(tar);
      for (ReleaseEntry entry : manifest.entries()) {
        write(places, entry, tar);
      }
    }
  }

  private void writeOrigin(TarArchiveOutputStream tar) throws IOException {
    TarArchiveEntry header =
        new TarArchiveEntry("pax_global_header", TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER);
    header.addPaxHeader(PaxRecords.COMMENT, origin.comment());
    header.setModTime(0);
    tar.putArchiveEntry(header);
    // It is written completely, so there is nothing to close.
  }

  private static void write(
      Function<ReleasePath, Path> places, ReleaseEntry entry, TarArchiveOutputStream tar)
      throws IOException {
    TarArchiveEntry header = header(entry);
    header.setIds(0, 0);
    header.setNames("", "");
    tar.putArchiveEntry(header);
    if (entry instanceof File file) {
      try (InputStream content =
          Files.newInputStream(places.apply(file.path()), LinkOption.NOFOLLOW_LINKS)) {
        long copied = content.transferTo(new UpTo(tar, file));
        if (copied != file.size()) {
          throw UpTo.changed(file);
        }
      }
    }
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry header(ReleaseEntry entry) {
    String name = entry.path().value();
    if (entry instanceof Directory directory) {
      TarArchiveEntry header = new TarArchiveEntry(name + "/");
      header.setMode(directory.mode());
      header.setModTime(directory.modified());
      return header;
    } else if (entry instanceof File file) {
      TarArchiveEntry header = new TarArchiveEntry(name);
      header.setMode(file.mode());
      header.setModTime(file.modified());
      header.setSize(file.size());
      return header;
    } else if (entry instanceof SymbolicLink link) {
      TarArchiveEntry header = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      header.setLinkName(link.target());
      header.setModTime(link.modified());
      header.setMode(0777);
      return header;
    }
    TarArchiveEntry header = new TarArchiveEntry(name, TarConstants.LF_LINK);
    header.setLinkName(((HardLink) entry).file().value());
    return header;
  }

  private static UnsafeArchiveException refused(Path source, UnsafeArchiveException refused) {
    return new UnsafeArchiveException(
        "'" + source + "' cannot be released: " + refused.getMessage(), refused);
  }

  private static IOException failed(Path source, String what, IOException failure) {
    return new IOException(
        "'" + source + "' " + what + ": " + Diagnostics.reason(failure), failure);
  }

  /** Takes as many bytes as the manifest says: a file may grow while it is packed. */
  private static final class UpTo extends OutputStream {

    private final TarArchiveOutputStream tar;
    private final File file;
    private long left;

    UpTo(TarArchiveOutputStream tar, File file) {
      this.tar = tar;
      this.file = file;
      this.left = file.size();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      left -= length;
      if (left < 0) {
        throw changed(file);
      }
      tar.write(bytes, offset, length);
    }

    static IOException changed(File file) {
      return new IOException(
          "the file '"
              + file.path()
              + "' changed while it was being packed; publish a finished build");
    }
  }
}
