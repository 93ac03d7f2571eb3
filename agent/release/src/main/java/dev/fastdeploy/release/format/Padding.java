package dev.fastdeploy.release.format;

import java.io.BufferedInputStream;
import java.io.IOException;

/**
 * The zeros with which tar programs pad compressed archives that they write to a pipe or a tape.
 */
final class Padding {

  private Padding() {}

  /**
   * Returns whether compressed data ends here: with the file, or with zeros up to its end. Nothing
   * is consumed unless it starts with a zero.
   *
   * @throws IOException if something else follows the zeros
   */
  static boolean isNext(BufferedInputStream packed) throws IOException {
    packed.mark(1);
    int first = packed.read();
    if (first > 0) {
      packed.reset();
      return false;
    }
    for (int next = first; next >= 0; next = packed.read()) {
      if (next != 0) {
        throw new IOException("there are more bytes after its end");
      }
    }
    return true;
  }
}
