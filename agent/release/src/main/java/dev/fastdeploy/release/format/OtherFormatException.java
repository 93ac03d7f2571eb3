package dev.fastdeploy.release.format;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.io.Serial;

/** Says that an archive does not begin as its format does. The message is the reason alone. */
public final class OtherFormatException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  OtherFormatException(IOException failure) {
    super(Diagnostics.reason(failure), failure);
  }
}
