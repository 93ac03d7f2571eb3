package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Actions that the application registered with a {@code Cleaner}. The cleaner's thread holds the
 * actions, they hold the application's classes, and those hold the objects whose end the cleaner
 * waits for. The actions are run.
 */
final class Cleaners implements Step {

  private static final String CLEANER = "jdk.internal.ref.CleanerImpl";
  private static final String CLEANABLE = "jdk.internal.ref.PhantomCleanable";
  private static final String WITH_ACTION = CLEANER + "$PhantomCleanableRef";
  private static final String NODE = CLEANER + "$CleanableList$Node";

  private final JdkInternals jdk;

  Cleaners(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "cleaners";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    ThreadInternals threads = new ThreadInternals(jdk);
    Reach reach = new Reach(jdk, old);
    List<Leftover> found = new ArrayList<>();
    for (Thread thread : threads.platform()) {
      Object target = threads.target(thread);
      if (target != null && target.getClass().getName().equals(CLEANER)) {
        for (Object cleanable : cleanables(target)) {
          Object action = actionOf(cleanable);
          if (action != null && isOld(action, old, reach)) {
            found.add(
                new Leftover(
                    "cleaning action " + action.getClass().getName(),
                    ((Cleaner.Cleanable) cleanable)::clean));
          }
        }
      }
    }
    return found;
  }

  /**
   * Returns true if an action is the application's. Most actions of the JDK close things that
   * others may use, but an HTTP client belongs only to its owner.
   */
  private static boolean isOld(Object action, OldGeneration old, Reach reach)
      throws InaccessibleException {
    return old.owns(action)
        || (action.getClass().getName().startsWith("jdk.internal.net.http.")
            && reach.leadsToOld(action));
  }

  private @Nullable Object actionOf(Object cleanable) throws InaccessibleException {
    return cleanable.getClass().getName().equals(WITH_ACTION)
        ? jdk.read(WITH_ACTION, cleanable, "action")
        : null;
  }

  private List<Object> cleanables(Object cleaner) throws InaccessibleException {
    return jdk.has(CLEANER, "activeList") ? inNodes(cleaner) : inRing(cleaner);
  }

  /** Reads the actions from Java 23 on. */
  private List<Object> inNodes(Object cleaner) throws InaccessibleException {
    List<Object> found = new ArrayList<>();
    Object list = jdk.readPresent(CLEANER, cleaner, "activeList");
    synchronized (list) {
      Object node = jdk.read(CLEANER + "$CleanableList", list, "head");
      while (node != null) {
        for (Object each : (Object[]) jdk.readPresent(NODE, node, "arr")) {
          if (each != null) {
            found.add(each);
          }
        }
        node = jdk.read(NODE, node, "next");
      }
    }
    return found;
  }

  private List<Object> inRing(Object cleaner) throws InaccessibleException {
    List<Object> found = new ArrayList<>();
    Object start = jdk.readPresent(CLEANER, cleaner, "phantomCleanableList");
    synchronized (start) {
      Object each = jdk.read(CLEANABLE, start, "next");
      while (each != null && each != start) {
        found.add(each);
        each = jdk.read(CLEANABLE, each, "next");
      }
    }
    return found;
  }
}
