package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects exported to RMI. */
final class RemoteObjects implements Step {

  private static final String TABLE = "sun.rmi.transport.ObjectTable";
  private static final String TARGET = "sun.rmi.transport.Target";

  private final JdkInternals jdk;

  RemoteObjects(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "RMI's exported objects";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (!jdk.initialised(TABLE)) {
      return found;
    }
    Reach reach = new Reach(jdk, old);
    for (Object target : targets()) {
      Object remote = jdk.call(TARGET, target, "getImpl", List.of());
      if (remote != null && (old.owns(remote) || reach.leadsToOld(target))) {
        found.add(
            new Leftover(
                "exported object " + remote.getClass().getName(),
                () ->
                    jdk.call(
                        TABLE,
                        null,
                        "unexportObject",
                        List.of(jdk.type("java.rmi.Remote"), boolean.class),
                        remote,
                        true)));
      }
    }
    return found;
  }

  private List<Object> targets() throws InaccessibleException {
    Object lock = jdk.readStatic(TABLE, "tableLock");
    Object table = jdk.readStatic(TABLE, "objTable");
    if (lock == null || !(table instanceof Map<?, ?> targets)) {
      return List.of();
    }
    synchronized (lock) {
      return new ArrayList<>(targets.values());
    }
  }
}
