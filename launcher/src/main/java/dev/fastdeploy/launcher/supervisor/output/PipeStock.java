package dev.fastdeploy.launcher.supervisor.output;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pipes of the next process ready: finding a pipe's descriptor takes milliseconds, which
 * would otherwise pass between the end of one process and the start of the next. For the main
 * thread only.
 */
public final class PipeStock {

  private @Nullable ServicePipes next;

  /** Returns the pipes, made now if there are none. */
  public ServicePipes take() throws IOException {
    ServicePipes taken = next;
    next = null;
    return taken == null ? ServicePipes.create() : taken;
  }

  /**
   * Makes the next ones, while nothing waits for them. If that fails, for example without free
   * descriptors, they are made when needed.
   */
  public void refill() {
    if (next == null) {
      try {
        ServicePipes made = ServicePipes.create();
        if (made.complete()) {
          next = made;
        } else {
          made.close();
        }
      } catch (IOException exhausted) {
        // The same as if none had been made ahead.
      }
    }
  }
}
