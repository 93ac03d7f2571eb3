package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/**
 * Threads that run the old code or wait to: they are interrupted, and have to the deadline to end.
 * One that somebody else's code started, like the JVM's main thread, has to leave the old code.
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
