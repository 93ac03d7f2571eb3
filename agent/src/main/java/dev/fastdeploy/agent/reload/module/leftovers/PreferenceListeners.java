package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Listeners of {@code java.util.prefs}, whose nodes live as long as the JVM. */
final class PreferenceListeners implements Step {

  private static final String ROOTS = "java.util.prefs.FileSystemPreferences";
  private static final String NODE = "java.util.prefs.AbstractPreferences";
  private static final String CHANGES = "java.util.prefs.PreferenceChangeListener";
  private static final String NODES = "java.util.prefs.NodeChangeListener";

  private final JdkInternals jdk;

  PreferenceListeners(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "listeners of preferences";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (!jdk.initialised(ROOTS)) {
      return found;
    }
    Reach reach = new Reach(jdk, old);
    Deque<Object> open = new ArrayDeque<>();
    add(open, jdk.readStatic(ROOTS, "userRoot"));
    add(open, jdk.readStatic(ROOTS, "systemRoot"));
    while (!open.isEmpty()) {
      Object node = open.remove();
      find(reach, node, "prefListeners", CHANGES, "removePreferenceChangeListener", found);
      find(reach, node, "nodeListeners", NODES, "removeNodeChangeListener", found);
      if (jdk.read(NODE, node, "kidCache") instanceof Map<?, ?> kids) {
        open.addAll(List.copyOf(kids.values()));
      }
    }
    return found;
  }

  private void find(
      Reach reach, Object node, String field, String type, String removal, List<Leftover> found)
      throws InaccessibleException {
    if (jdk.read(NODE, node, field) instanceof Object[] listeners) {
      for (Object listener : listeners) {
        if (reach.leadsToOld(listener)) {
          found.add(
              new Leftover(
                  "listener of the preferences '" + node + "'",
                  () -> jdk.call(NODE, node, removal, List.of(jdk.type(type)), listener)));
        }
      }
    }
  }

  private static void add(Deque<Object> nodes, @Nullable Object node) {
    if (node != null) {
      nodes.add(node);
    }
  }
}
