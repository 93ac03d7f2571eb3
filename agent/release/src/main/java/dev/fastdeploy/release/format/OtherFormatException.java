package dev.fastdeploy.release.format;

import java.io.IOException;
import java.io.Serial;

/**
 * Says that an archive does not begin as its format does. The message says only what it is instead,
 * and what to do.
 */
public final class OtherFormatException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  OtherFormatException(String found) {
    super(found);
  }
}
