package dev.fastdeploy.release;

import dev.fastdeploy.release.ReleaseEntry.Directory;
import dev.fastdeploy.release.ReleaseEntry.File;
import dev.fastdeploy.release.ReleaseEntry.HardLink;
import dev.fastdeploy.release.ReleaseEntry.SymbolicLink;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Collects the entries of a release and refuses anything that must not be in one. The rules are the
 * same for an archive to unpack and for a directory to pack, so that nothing is published that
 * could not be staged. For one thread.
 */
final class ManifestBuilder {

  private static final int PERMISSIONS = 0777;
  private static final int SETGID = 02000;
  private static final int OWNER_READS = 0400;
  private static final int OWNER_ENTERS = 0500;
  private static final int IMPLIED_DIRECTORY_MODE = 0755;

  private final StagingLimits limits;
  private final Map<ReleasePath, ReleaseEntry> entries = new TreeMap<>();
  private long contentBytes;

  ManifestBuilder(StagingLimits limits) {
    this.limits = limits;
  }

  /**
   * Adds an entry. Tar programs may name a directory several times; the last one counts. The setgid
   * bit, which some volumes give to all new directories, is dropped: it only sets the group of new
   * files and grants no rights.
   *
   * @param mode the mode in the archive or the file system, without the bits of the file's type
   */
  void addDirectory(ReleasePath path, int mode, FileTime modified) throws UnsafeArchiveException {
    int kept = mode & ~SETGID;
    checkMode(path, kept, OWNER_ENTERS);
    Directory directory = new Directory(path, kept, modified);
    if (entries.get(path) instanceof Directory) {
      entries.put(path, directory);
    } else {
      put(directory);
    }
  }

  /** Adds an entry; see {@link #addDirectory}. */
  void addFile(ReleasePath path, int mode, FileTime modified, long size)
      throws UnsafeArchiveException {
    checkMode(path, mode, OWNER_READS);
    if (size < 0 || size > limits.maxBytes() - contentBytes) {
      throw UnsafeArchiveException.entry(
          path.value(),
          "makes the release larger than the limit of "
              + limits.maxBytes()
              + " bytes (--release-max-bytes)");
    }
    contentBytes += size;
    put(new File(path, mode, modified, size));
  }

  /** Adds an entry. */
  void addSymbolicLink(ReleasePath path, String target, FileTime modified)
      throws UnsafeArchiveException {
    put(new SymbolicLink(path, target, modified));
  }

  /** Adds an entry. */
  void addHardLink(ReleasePath path, ReleasePath file) throws UnsafeArchiveException {
    put(new HardLink(path, file));
  }

  private void put(ReleaseEntry entry) throws UnsafeArchiveException {
    if (entries.putIfAbsent(entry.path(), entry) != null) {
      throw UnsafeArchiveException.entry(entry.path().value(), "occurs twice");
    }
    checkCount(entry);
  }

  private void checkCount(ReleaseEntry entry) throws UnsafeArchiveException {
    if (entries.size() > limits.maxEntries()) {
      throw UnsafeArchiveException.entry(
          entry.path().value(),
          "is one more than the limit of "
              + limits.maxEntries()
              + " files and directories (--release-max-entries)");
    }
  }

  private static void checkMode(ReleasePath path, int mode, int needed)
      throws UnsafeArchiveException {
    if ((mode & ~PERMISSIONS) != 0) {
      throw UnsafeArchiveException.entry(
          path.value(),
          "has the mode "
              + octal(mode)
              + ": setuid, setgid and sticky bits are not allowed in a release; remove them with"
              + " chmod");
    }
    if ((mode & needed) != needed) {
      throw UnsafeArchiveException.entry(
          path.value(), "has the mode " + octal(mode) + ": its owner could not read it");
    }
  }

  private static String octal(int mode) {
    return String.format(Locale.ROOT, "%04o", mode);
  }

  /**
   * Returns the manifest, once all entries have been added.
   *
   * @throws UnsafeArchiveException if the entries together do not make a release
   */
  ReleaseManifest build() throws UnsafeArchiveException {
    return build(Optional.empty());
  }

  /**
   * Returns the manifest of entries that say which release they are.
   *
   * @throws UnsafeArchiveException if the entries together do not make a release
   */
  ReleaseManifest build(Optional<ReleaseOrigin> origin) throws UnsafeArchiveException {
    for (ReleaseEntry entry : new ArrayList<>(entries.values())) {
      addImpliedDirectories(entry);
    }
    if (entries.values().stream().noneMatch(File.class::isInstance)) {
      throw new UnsafeArchiveException("it contains no files, so nothing could be started from it");
    }
    LinkCheck links = new LinkCheck(entries);
    for (ReleaseEntry entry : entries.values()) {
      if (entry instanceof SymbolicLink link) {
        links.check(link);
      } else if (entry instanceof HardLink link) {
        links.check(link);
      }
    }
    return new ReleaseManifest(List.copyOf(entries.values()), contentBytes, origin);
  }

  /** Adds the directories that an archive does not name. */
  private void addImpliedDirectories(ReleaseEntry entry) throws UnsafeArchiveException {
    Optional<ReleasePath> parent = entry.path().parent();
    while (parent.isPresent()) {
      ReleasePath path = parent.get();
      ReleaseEntry there = entries.get(path);
      if (there instanceof Directory) {
        return;
      }
      if (there != null) {
        throw UnsafeArchiveException.entry(
            entry.path().value(), "is below '" + path + "', which is not a directory");
      }
      Directory implied = new Directory(path, IMPLIED_DIRECTORY_MODE, modified(entry));
      entries.put(path, implied);
      checkCount(implied);
      parent = path.parent();
    }
  }

  private static FileTime modified(ReleaseEntry entry) {
    if (entry instanceof File file) {
      return file.modified();
    } else if (entry instanceof Directory directory) {
      return directory.modified();
    } else if (entry instanceof SymbolicLink link) {
      return link.modified();
    }
    return FileTime.fromMillis(0);
  }
}
