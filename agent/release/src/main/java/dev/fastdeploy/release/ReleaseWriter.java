package dev.fastdeploy.release;

import dev.fastdeploy.release.ReleaseEntry.Directory;
import dev.fastdeploy.release.ReleaseEntry.File;
import dev.fastdeploy.release.ReleaseEntry.HardLink;
import dev.fastdeploy.release.ReleaseEntry.SymbolicLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays out a release in an empty directory: directories, then contents, then links, then the
 * directories' modes and times. While contents are written there are no links that they could be
 * written through. Directories may end up read-only.
 */
final class ReleaseWriter {

  private static final PosixFilePermission[] FROM_LOWEST_BIT = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };

  private final Path root;
  private final ReleaseManifest manifest;
  private final byte[] buffer = new byte[64 * 1024];

  /**
   * @param root an empty directory that nobody else writes to
   */
  ReleaseWriter(Path root, ReleaseManifest manifest) {
    this.root = root;
    this.manifest = manifest;
  }

  /**
   * Writes everything in the manifest.
   *
   * @throws IOException if something could not be read or written; files that were written stay
   */
  void write(ReleaseSource source) throws IOException {
    for (Directory directory : manifest.all(Directory.class)) {
      Files.createDirectory(directory.path().below(root));
    }
    writeFiles(source);
    for (HardLink link : manifest.all(HardLink.class)) {
      Files.createLink(link.path().below(root), link.file().below(root));
    }
    for (SymbolicLink link : manifest.all(SymbolicLink.class)) {
      Path path = link.path().below(root);
      Files.createSymbolicLink(path, Path.of(link.target()));
      setModified(path, link.modified());
    }
    List<Directory> innermostFirst = new ArrayList<>(manifest.all(Directory.class));
    Collections.reverse(innermostFirst);
    for (Directory directory : innermostFirst) {
      finish(directory.path().below(root), directory.mode(), directory.modified());
    }
  }

  private void writeFiles(ReleaseSource source) throws IOException {
    Map<ReleasePath, File> missing = new HashMap<>();
    manifest.all(File.class).forEach(file -> missing.put(file.path(), file));
    source.read(
        (path, content) -> {
          File file = missing.remove(path);
          if (file == null) {
            throw UnsafeArchiveException.entry(
                path.value(), "is not in the manifest, or occurs twice");
          }
          writeFile(file, content);
        });
    if (!missing.isEmpty()) {
      throw UnsafeArchiveException.entry(
          Collections.min(missing.keySet()).value(), "is in the manifest, but has no content");
    }
  }

  private void writeFile(File file, InputStream content) throws IOException {
    Path path = file.path().below(root);
    long written = 0;
    try (OutputStream out =
        Files.newOutputStream(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        written += count;
        if (written > file.size()) {
          break;
        }
        out.write(buffer, 0, count);
      }
    }
    if (written != file.size()) {
      throw UnsafeArchiveException.entry(
          file.path().value(),
          "does not have the " + file.size() + " bytes that the manifest says");
    }
    finish(path, file.mode(), file.modified());
  }

  private static void finish(Path path, int mode, FileTime modified) throws IOException {
    setModified(path, modified);
    Files.setPosixFilePermissions(path, permissions(mode));
  }

  private static void setModified(Path path, FileTime modified) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(modified, null, null);
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < FROM_LOWEST_BIT.length; bit++) {
      if ((mode & 1 << bit) != 0) {
        permissions.add(FROM_LOWEST_BIT[bit]);
      }
    }
    return permissions;
  }
}
