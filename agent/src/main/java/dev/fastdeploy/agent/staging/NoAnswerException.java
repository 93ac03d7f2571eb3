package dev.fastdeploy.agent.staging;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Says that the process that stages cannot do so, whatever the release: somebody else must. */
final class NoAnswerException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  NoAnswerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
