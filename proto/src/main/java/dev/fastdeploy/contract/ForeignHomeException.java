package dev.fastdeploy.contract;

import java.io.IOException;
import java.io.Serial;

/** What lies in the home may come from another user: nothing of it is used. */
public final class ForeignHomeException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  ForeignHomeException(String message) {
    super(message);
  }
}
