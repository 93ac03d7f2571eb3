package dev.fastdeploy.agent;

import dev.fastdeploy.agent.listening.ServiceListeners;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ProcessContract;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The record of the listeners that the service binds, from before its {@code main} on. Costs
 * nothing where its launcher holds no connections.
 *
 * @param listeners the record; null if there is none
 * @param refusal the reason for a failure; null if there was none
 */
record Listening(@Nullable ServiceListeners listeners, @Nullable String refusal) {

  /** Begins to record. If that fails the service starts without it, and a deploy refuses. */
  static Listening before(Instrumentation instrumentation) {
    String socket = System.getenv(ProcessContract.LISTENERS);
    if (socket == null) {
      return new Listening(null, null);
    }
    try {
      return new Listening(ServiceListeners.begin(Path.of(socket), instrumentation), null);
    } catch (Throwable failure) {
      String reason = Diagnostics.reason(failure);
      Diagnostics.say("connections are not held at a reload: " + reason);
      return new Listening(null, reason);
    }
  }
}
