package dev.fastdeploy.release;

import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tar as it is in the archive: nothing is checked except that it can be read.
 *
 * @param name the name as it is spelt
 * @param type the type; {@link TarHeader#DIRECTORY} also if only a slash after the name says so
 * @param mode permission bits with setuid, setgid and sticky
 * @param size size of the content when it is laid out, in bytes; 0 for links
 * @param linkName the target of a link
 * @param sparse the positions of the content in the file; null if it has no holes
 */
record TarEntry(
    String name,
    char type,
    int mode,
    FileTime modified,
    long size,
    String linkName,
    @Nullable SparseMap sparse) {

  boolean isFile() {
    return type == TarHeader.FILE
        || type == TarHeader.CONTIGUOUS_FILE
        || type == TarHeader.GNU_SPARSE;
  }

  boolean isDirectory() {
    return type == TarHeader.DIRECTORY;
  }
}
