package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listeners to the JVM's own MXBeans, mainly garbage collectors, as metrics libraries add them. */
final class NotificationListeners implements Step {

  private static final String FACTORY = "java.lang.management.ManagementFactory";
  private static final String EMITTER = "sun.management.NotificationEmitterSupport";
  private static final String INFO = EMITTER + "$ListenerInfo";

  private final JdkInternals jdk;

  NotificationListeners(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "listeners to the JVM's MXBeans";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (!jdk.initialised(FACTORY)) {
      return found;
    }
    Reach reach = new Reach(jdk, old);
    for (Object emitter : emitters()) {
      if (!(jdk.read(EMITTER, emitter, "listenerList") instanceof List<?> listeners)) {
        continue;
      }
      for (Object info : listeners) {
        if (reach.leadsToOld(info)) {
          found.add(
              new Leftover(
                  "listener " + jdk.readPresent(INFO, info, "listener").getClass().getName(),
                  () -> remove(emitter, info)));
        }
      }
    }
    return found;
  }

  private List<Object> emitters() throws InaccessibleException {
    List<Object> candidates = new ArrayList<>();
    candidates.add(jdk.call(FACTORY, null, "getMemoryMXBean", List.of()));
    if (jdk.call(FACTORY, null, "getGarbageCollectorMXBeans", List.of())
        instanceof List<?> collectors) {
      candidates.addAll(collectors);
    }
    Class<?> type = jdk.type(EMITTER);
    candidates.removeIf(each -> !type.isInstance(each));
    return candidates;
  }

  /** Replaces the list as a whole, like the JDK itself. */
  private void remove(Object emitter, Object info) throws InaccessibleException {
    synchronized (jdk.readPresent(EMITTER, emitter, "listenerLock")) {
      @Nullable Object present = jdk.read(EMITTER, emitter, "listenerList");
      if (present instanceof List<?> listeners) {
        List<Object> without = new ArrayList<>(listeners);
        without.removeIf(each -> each == info);
        jdk.write(EMITTER, emitter, "listenerList", without);
      }
    }
  }
}
