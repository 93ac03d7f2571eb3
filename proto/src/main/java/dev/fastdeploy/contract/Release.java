package dev.fastdeploy.contract;

import java.nio.file.Path;

/**
 * The files of one commit on disk.
 *
 * @param commit its name
 * @param directory the real path of its directory; no part of it is a link
 */
public record Release(Commit commit, Path directory) {}
