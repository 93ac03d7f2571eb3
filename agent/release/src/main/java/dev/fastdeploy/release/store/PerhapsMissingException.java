package dev.fastdeploy.release.store;

import java.io.IOException;
import java.io.Serial;

/**
 * Says that a place refused to read a blob, perhaps only because the blob does not exist. The
 * message is for the user.
 */
final class PerhapsMissingException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  PerhapsMissingException(IOException refusal) {
    super(refusal.getMessage(), refusal);
  }
}
