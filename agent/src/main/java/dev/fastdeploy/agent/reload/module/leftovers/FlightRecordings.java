package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Code that the flight recorder calls: hooks of periodic events, and listeners of recordings. */
final class FlightRecordings implements Step {

  private static final String RECORDER = "jdk.jfr.FlightRecorder";

  /** Exists until Java 20. */
  private static final String ENGINE = "jdk.jfr.internal.RequestEngine";

  private static final String PERIODIC = "jdk.jfr.internal.periodic.PeriodicEvents";
  private static final String REPOSITORY = "jdk.jfr.internal.periodic.TaskRepository";
  private static final String TASK = "jdk.jfr.internal.periodic.JavaEventTask";
  private static final String PLATFORM = "jdk.jfr.internal.PlatformRecorder";
  private static final String WRAPPED = "jdk.jfr.internal.SecuritySupport$SecureRecorderListener";
  private static final String LISTENER = "jdk.jfr.FlightRecorderListener";

  private final JdkInternals jdk;

  FlightRecordings(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "the flight recorder";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    Reach reach = new Reach(jdk, old);
    for (Object hook : hooks()) {
      if (reach.leadsToOld(hook)) {
        found.add(
            new Leftover(
                "periodic event of the flight recorder: " + hook.getClass().getName(),
                () -> remove("removePeriodicEvent", Runnable.class, hook)));
      }
    }
    for (Object listener : listeners()) {
      if (reach.leadsToOld(listener)) {
        found.add(
            new Leftover(
                "listener of the flight recorder: " + listener.getClass().getName(),
                () -> remove("removeListener", jdk.type(LISTENER), listener)));
      }
    }
    return found;
  }

  private void remove(String method, Class<?> type, Object what) throws InaccessibleException {
    jdk.call(RECORDER, null, method, List.of(type), what);
  }

  private List<Object> hooks() throws InaccessibleException {
    List<Object> hooks = new ArrayList<>();
    if (jdk.initialised(ENGINE)) {
      for (Object entry : elements(jdk.readStatic(ENGINE, "entries"))) {
        add(hooks, jdk.read(ENGINE + "$RequestHook", entry, "hook"));
      }
    }
    if (jdk.initialised(PERIODIC)) {
      Object repository = jdk.readStatic(PERIODIC, "taskRepository");
      if (repository != null
          && jdk.read(REPOSITORY, repository, "lookup") instanceof Map<?, ?> tasks) {
        synchronized (repository) {
          for (Object task : tasks.values()) {
            if (task.getClass().getName().equals(TASK)) {
              add(hooks, jdk.read(TASK, task, "runnable"));
            }
          }
        }
      }
    }
    return hooks;
  }

  private List<Object> listeners() throws InaccessibleException {
    List<Object> listeners = new ArrayList<>();
    if (jdk.initialised(PLATFORM)) {
      for (Object each : elements(jdk.readStatic(PLATFORM, "changeListeners"))) {
        add(
            listeners,
            each.getClass().getName().equals(WRAPPED)
                ? jdk.read(WRAPPED, each, "changeListener")
                : each);
      }
    }
    return listeners;
  }

  private static List<Object> elements(@Nullable Object collection) {
    return collection instanceof Collection<?> some ? List.copyOf(some) : List.of();
  }

  private static void add(List<Object> list, @Nullable Object value) {
    if (value != null) {
      list.add(value);
    }
  }
}
