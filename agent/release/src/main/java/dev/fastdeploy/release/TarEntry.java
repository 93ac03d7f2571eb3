package dev.fastdeploy.release;

import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a tar, as an archive has it: nothing is checked but that it can be read.
 *
 * @param name as it is spelt
 * @param type {@link TarHeader#DIRECTORY} also where only a slash behind the name tells
 * @param mode permission bits with setuid, setgid and sticky
 * @param size of the content when it is laid out, in bytes; 0 for links
 * @param linkName where a link leads
 * @param sparse where the content lies in the file; null if it has no holes
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
