package dev.fastdeploy.release;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The approximate size of a tree on disk: each file in whole blocks, and one block per directory.
 * Links are not followed, so an image's release, which is linked, does not count.
 */
final class DiskUse {

  /** The block size of common file systems. */
  static final long BLOCK = 4096;

  private DiskUse() {}

  /**
   * Returns the bytes below a directory. Files that another process removes meanwhile are skipped.
   */
  static long of(Path directory) throws IOException {
    Sum sum = new Sum();
    Files.walkFileTree(directory, sum);
    return sum.bytes;
  }

  private static final class Sum extends SimpleFileVisitor<Path> {

    private long bytes;

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      bytes += BLOCK;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        bytes += (attributes.size() + BLOCK - 1) / BLOCK * BLOCK;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      return failure instanceof NoSuchFileException
          ? FileVisitResult.CONTINUE
          : super.postVisitDirectory(directory, failure);
    }
  }
}
