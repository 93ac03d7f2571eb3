package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/** Timers of {@code java.util}, which only their own {@code cancel} ends. */
final class Timers implements Step {

  private static final String TIMER = "java.util.TimerThread";

  private final JdkInternals jdk;
  private final ThreadInternals threads;

  Timers(JdkInternals jdk) {
    this.jdk = jdk;
    this.threads = new ThreadInternals(jdk);
  }

  @Override
  public String about() {
    return "timers";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    for (Thread thread : new OldThreads(jdk, old).own()) {
      if (thread.getClass().getName().equals(TIMER)) {
        found.add(new Leftover("timer '" + thread.getName() + "'", () -> cancel(thread)));
      }
    }
    return found;
  }

  private void cancel(Thread thread) throws InaccessibleException {
    Object queue = jdk.readPresent(TIMER, thread, "queue");
    synchronized (queue) {
      jdk.write(TIMER, thread, "newTasksMayBeScheduled", false);
      jdk.call("java.util.TaskQueue", queue, "clear", List.of());
      queue.notifyAll();
    }
    // The JDK holds the thread past its end, until the timer itself is collected.
    threads.setContextLoader(thread, ClassLoader.getSystemClassLoader());
  }
}
