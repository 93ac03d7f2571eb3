package dev.fastdeploy.release;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes the manifest of a directory as a release. Links stay links; times are truncated to the
 * second, which every tar can store.
 */
final class DirectoryManifest extends SimpleFileVisitor<Path> {

  private static final int MODE = 07777;

  private final Path root;
  private final ManifestBuilder manifest;

  private DirectoryManifest(Path root, StagingLimits limits) {
    this.root = root;
    this.manifest = new ManifestBuilder(limits);
  }

  /**
   * Reads a directory.
   *
   * @param added files that are released with it
   * @throws UnsafeArchiveException if something in it cannot be released
   * @throws IOException if it cannot be read
   */
  static ReleaseManifest of(Path root, List<AddedFile> added, StagingLimits limits)
      throws IOException {
    DirectoryManifest visitor = new DirectoryManifest(root, limits);
    Files.walkFileTree(root, visitor);
    for (AddedFile other : added) {
      visitor.add(other);
    }
    return visitor.manifest.build();
  }

  private void add(AddedFile other) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(other.file(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    manifest.addFile(other.path(), modeOf(other.file()), modified(attributes), attributes.size());
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    refuseOwn(directory);
    if (!directory.equals(root)) {
      manifest.addDirectory(pathOf(directory), modeOf(directory), modified(attributes));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    ReleasePath path = pathOf(file);
    if (attributes.isSymbolicLink()) {
      manifest.addSymbolicLink(path, Files.readSymbolicLink(file).toString(), modified(attributes));
    } else if (attributes.isRegularFile()) {
      manifest.addFile(path, modeOf(file), modified(attributes), attributes.size());
    } else {
      throw UnsafeArchiveException.entry(
          path.value(),
          "is a device, a FIFO or a socket; only files, directories and links can be released");
    }
    return FileVisitResult.CONTINUE;
  }

  private void refuseOwn(Path directory) throws IOException {
    Optional<String> own = OwnOutput.what(directory);
    if (own.isPresent()) {
      String name = directory.equals(root) ? "." : root.relativize(directory).toString();
      throw UnsafeArchiveException.entry(
          name, "is " + own.get() + "; remove it, or publish a directory without it");
    }
  }

  private ReleasePath pathOf(Path file) throws UnsafeArchiveException {
    String name = root.relativize(file).toString();
    return ReleasePath.read(name)
        .orElseThrow(() -> UnsafeArchiveException.entry(name, "has no name"));
  }

  private static int modeOf(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & MODE;
  }

  private static FileTime modified(BasicFileAttributes attributes) {
    return FileTime.from(attributes.lastModifiedTime().to(TimeUnit.SECONDS), TimeUnit.SECONDS);
  }
}
