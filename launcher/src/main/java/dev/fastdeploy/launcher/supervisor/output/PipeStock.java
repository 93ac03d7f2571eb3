package dev.fastdeploy.launcher.supervisor.output;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Holds the pipes of the next process ready: to find out a pipe's descriptor takes milliseconds,
 * which would otherwise pass between the end of one process and the start of the next. The main
 * thread's alone.
 */
public final class PipeStock {

  private @Nullable ServicePipes next;

  /** Hands the pipes out, made now if there are none. */
  public ServicePipes take() throws IOException {
    ServicePipes taken = next;
    next = null;
    return taken == null ? ServicePipes.create() : taken;
  }

  /**
   * Makes the next ones, while nothing waits for them. What cannot be made now, for want of
   * descriptors, say, is tried again when it is needed.
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
        // As if none had been made ahead.
      }
    }
  }
}
