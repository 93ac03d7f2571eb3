package dev.fastdeploy.agent.runtime;

import java.util.IdentityHashMap;
import java.util.Iterator;

/**
 * Loads and links what the JVM itself needs at a TERM and has not needed before. Where the
 * metaspace is full by then, perhaps by what the agent has loaded, the signal would be lost, and
 * the service killed when its time to stop is over.
 */
final class StopClasses {

  /** What runs a signal's handler on a thread of its own, in the JDKs from 17 on. */
  private static final String SIGNAL_TASK = "jdk.internal.misc.Signal$1";

  private StopClasses() {}

  /** Loads them; a JDK that does it in another way gets no help and no complaint. */
  static void load() {
    try {
      Class<?> unused = Class.forName(SIGNAL_TASK, true, null);
    } catch (ClassNotFoundException otherJdk) {
      return;
    }
    // The JVM goes through its hooks in this way.
    Iterator<Thread> hooks = new IdentityHashMap<Thread, Thread>().keySet().iterator();
    while (hooks.hasNext()) {
      hooks.next();
    }
  }
}
