package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Thread groups of the application's classes, which their parent held strongly before Java 19. */
final class ThreadGroups implements Step {

  private static final String GROUP = "java.lang.ThreadGroup";

  private final JdkInternals jdk;

  ThreadGroups(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "thread groups";
  }

  @Override
  public List<Leftover> find(OldGeneration old) {
    List<Leftover> found = new ArrayList<>();
    if (jdk.has(GROUP, "weaks")) {
      return found;
    }
    for (ThreadGroup group : all()) {
      ThreadGroup parent = group.getParent();
      if (parent != null && old.owns(group) && group.activeCount() == 0) {
        found.add(
            new Leftover(
                "thread group '" + group.getName() + "'",
                () -> jdk.call(GROUP, parent, "remove", List.of(ThreadGroup.class), group)));
      }
    }
    return found;
  }

  private static List<ThreadGroup> all() {
    ThreadGroup root = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    while (root.getParent() != null) {
      root = root.getParent();
    }
    ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() + 16];
    int count = root.enumerate(groups, true);
    return Arrays.asList(groups).subList(0, count);
  }
}
