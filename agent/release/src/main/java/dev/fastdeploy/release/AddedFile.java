package dev.fastdeploy.release;

import java.nio.file.Path;

/**
 * A file that is released with a directory and does not lie in it.
 *
 * @param path its name in the release
 * @param file its content, mode and time
 */
public record AddedFile(ReleasePath path, Path file) {}
