package dev.fastdeploy.agent.reload.module.leftovers;

import java.io.Closeable;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asynchronous channels. An interrupt does not end a group's threads, and the JDK's own group
 * serves everyone. In that one the application's channels are closed. The application's own groups
 * are shut down, except one on a fixed pool, which only the stacks of its threads show.
 */
final class AsynchronousChannels implements Step {

  private static final String PROVIDER = "sun.nio.ch.LinuxAsynchronousChannelProvider";
  private static final String PORT = "sun.nio.ch.Port";
  private static final String GROUP = "sun.nio.ch.EPollPort";
  private static final String GROUP_BASE = "sun.nio.ch.AsynchronousChannelGroupImpl";
  private static final String TASK = GROUP + "$EventHandlerTask";

  private final JdkInternals jdk;

  AsynchronousChannels(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "asynchronous channels";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (!jdk.initialised(GROUP)) {
      return found;
    }
    ThreadInternals threads = new ThreadInternals(jdk);
    Object shared = jdk.initialised(PROVIDER) ? jdk.readStatic(PROVIDER, "defaultPort") : null;
    Reach reach = new Reach(jdk, old);
    Set<Object> groups = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Thread thread : threads.platform()) {
      Object target = threads.target(thread);
      if (target == null || !target.getClass().getName().equals(TASK)) {
        continue;
      }
      Object group = jdk.readPresent(TASK, target, "this$0");
      if (groups.add(group)) {
        List<Leftover> channels = channels(reach, group);
        boolean own =
            old.ownsLoader(threads.contextLoader(thread))
                || reach.leadsToOld(jdk.read(GROUP_BASE, group, "pool"));
        if (group == shared) {
          found.addAll(channels);
        } else if (own || !channels.isEmpty()) {
          found.add(shutDown((AsynchronousChannelGroup) group, thread));
        }
      }
    }
    return found;
  }

  private static Leftover shutDown(AsynchronousChannelGroup group, Thread thread) {
    return new Leftover(
        "asynchronous channel group of thread '" + thread.getName() + "'", group::shutdownNow);
  }

  private List<Leftover> channels(Reach reach, Object group) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    if (jdk.read(PORT, group, "fdToChannel") instanceof Map<?, ?> channels) {
      for (Object each : new ArrayList<>(channels.values())) {
        if (each instanceof Closeable channel && reach.leadsToOld(channel)) {
          found.add(new Leftover("asynchronous channel " + channel, channel::close));
        }
      }
    }
    return found;
  }
}
