package dev.fastdeploy.release;

import java.io.IOException;
import java.nio.file.Path;

/** Reports how much room is left at a path. */
@FunctionalInterface
interface FreeSpace {

  /** Returns the bytes that this process may still write there. */
  long at(Path path) throws IOException;
}
