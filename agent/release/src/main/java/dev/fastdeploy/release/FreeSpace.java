package dev.fastdeploy.release;

import java.io.IOException;
import java.nio.file.Path;

/** Tells how much room is left where a path lies. */
@FunctionalInterface
interface FreeSpace {

  /** Bytes that this process may still write there. */
  long at(Path path) throws IOException;
}
