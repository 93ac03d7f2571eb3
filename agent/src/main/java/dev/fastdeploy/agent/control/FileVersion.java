package dev.fastdeploy.agent.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells that a file has changed. The inode as well: one that was replaced within a tick of the
 * clock may have the same time and size.
 */
record FileVersion(FileTime modified, long size, @Nullable Object inode) {

  /** The version of a file now. */
  static FileVersion of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileVersion(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
  }
}
