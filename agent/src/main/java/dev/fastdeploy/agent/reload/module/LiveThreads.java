package dev.fastdeploy.agent.reload.module;

import java.util.Arrays;
import java.util.Objects;

/** The threads that keep the JVM alive. */
final class LiveThreads {

  /** Waits for the others on behalf of the launcher, once the first {@code main} has ended. */
  private static final String DESTROY = "DestroyJavaVM";

  private final ThreadGroup top;

  /**
   * @param any a thread group
   */
  LiveThreads(ThreadGroup any) {
    ThreadGroup group = any;
    while (group.getParent() != null) {
      group = group.getParent();
    }
    this.top = group;
  }

  /** Returns true if any thread other than this one and the agent's own keeps the JVM alive. */
  boolean othersKeepTheJvm() {
    Thread[] threads = new Thread[2 * top.activeCount() + 16];
    top.enumerate(threads);
    return Arrays.stream(threads).filter(Objects::nonNull).anyMatch(LiveThreads::keepsTheJvm);
  }

  private static boolean keepsTheJvm(Thread thread) {
    return !thread.isDaemon()
        && thread.isAlive()
        && thread != Thread.currentThread()
        && !thread.getName().equals(DESTROY)
        && !thread.getName().equals(Keeper.THREAD);
  }
}
