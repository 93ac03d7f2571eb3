package dev.fastdeploy.agent.runtime;

import java.util.IdentityHashMap;
import java.util.Iterator;

/**
 * Loads and links the classes that the JVM needs at a TERM and not before. If the metaspace is full
 * by then, perhaps because of the agent's classes, the signal would be lost and the service killed
 * when its time to stop runs out.
 */
final class StopClasses {

  /** Runs a signal's handler on a thread of its own, in the JDKs from 17 on. */
  private static final String SIGNAL_TASK = "jdk.internal.misc.Signal$1";

  private StopClasses() {}

  /** Loads them. A JDK that works differently gets no help and no complaint. */
  static void load() {
    try {
      Class<?> unused = Class.forName(SIGNAL_TASK, true, null);
    } catch (ClassNotFoundException otherJdk) {
      return;
    }
    // The JVM iterates over its hooks like this.
    Iterator<Thread> hooks = new IdentityHashMap<Thread, Thread>().keySet().iterator();
    while (hooks.hasNext()) {
      hooks.next();
    }
  }
}
