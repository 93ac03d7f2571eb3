package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Holds the pipes of the next process ready: to find out a pipe's descriptor takes milliseconds,
 * which would otherwise pass between the end of one process and the start of the next. The main
 * thread's alone.
 */
final class PipeStock {

  private @Nullable ServicePipes next;

  /** Hands the pipes out, made now if there are none. */
  ServicePipes take() throws IOException {
    ServicePipes taken = next == null ? ServicePipes.create() : next;
    next = null;
    return taken;
  }

  /** Makes the next ones, while nothing waits for them. */
  void refill() {
    if (next == null) {
      try {
        next = ServicePipes.create();
      } catch (IOException exhausted) {
        // The next start tries again, and says why it cannot.
        Diagnostics.say("no pipes could be made ahead: " + Diagnostics.reason(exhausted));
      }
    }
  }
}
