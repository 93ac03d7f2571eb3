package dev.fastdeploy.release.store;

import java.io.IOException;
import java.io.Serial;

/**
 * Says that a commit is being published, or that publishing it was interrupted. Publishing the same
 * files again completes it.
 */
public final class UnfinishedPublicationException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  UnfinishedPublicationException(String message) {
    super(message);
  }
}
