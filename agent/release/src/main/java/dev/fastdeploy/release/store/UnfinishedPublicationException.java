package dev.fastdeploy.release.store;

import java.io.IOException;
import java.io.Serial;

/** A commit is being published, or that was interrupted: publishing the same again completes it. */
public final class UnfinishedPublicationException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  UnfinishedPublicationException(String message) {
    super(message);
  }
}
