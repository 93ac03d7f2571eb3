package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signal handlers. An application's handler of TERM would remain the old code's, and run the wrong
 * shutdown.
 */
final class SavedSignals implements Saved {

  private static final String SIGNAL = "jdk.internal.misc.Signal";
  private static final String HANDLER = SIGNAL + "$Handler";

  private final JdkInternals jdk;
  private final Map<Object, Object> handlers;

  SavedSignals(JdkInternals jdk) throws InaccessibleException {
    this.jdk = jdk;
    this.handlers = current(jdk);
  }

  @Override
  public String about() {
    return "signal handlers";
  }

  @Override
  public void restore(OldGeneration old) throws InaccessibleException {
    Reach reach = new Reach(jdk, old);
    for (Map.Entry<Object, Object> each : current(jdk).entrySet()) {
      if (reach.leadsToOld(each.getValue())) {
        Object before = handlers.get(each.getKey());
        handle(each.getKey(), before == null ? byDefault() : before);
      }
    }
  }

  private void handle(Object signal, @Nullable Object handler) throws InaccessibleException {
    if (handler != null) {
      jdk.call(
          SIGNAL, null, "handle", List.of(jdk.type(SIGNAL), jdk.type(HANDLER)), signal, handler);
    }
  }

  private @Nullable Object byDefault() throws InaccessibleException {
    return jdk.readStatic(HANDLER, "SIG_DFL");
  }

  private static Map<Object, Object> current(JdkInternals jdk) throws InaccessibleException {
    return jdk.initialised(SIGNAL)
            && jdk.readStatic(SIGNAL, "handlers") instanceof Map<?, ?> present
        ? new HashMap<>(present)
        : Map.of();
  }
}
