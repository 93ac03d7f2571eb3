package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * Threads that run the old code or wait to. They are interrupted, and have until the deadline to
 * end. A thread started by other code, such as the JVM's main thread, must leave the old code.
 */
final class Threads implements Step {

  private final JdkInternals jdk;

  Threads(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "threads";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    OldThreads threads = new OldThreads(jdk, old);
    List<Leftover> found = new ArrayList<>();
    for (Thread thread : threads.own()) {
      found.add(
          new Leftover(
              threads.describe(thread), thread::interrupt, () -> hasLeft(threads, thread)));
    }
    return found;
  }

  private static boolean hasLeft(OldThreads threads, Thread thread) {
    try {
      return !threads.isOwn(thread);
    } catch (InaccessibleException unknown) {
      return !thread.isAlive();
    }
  }
}
