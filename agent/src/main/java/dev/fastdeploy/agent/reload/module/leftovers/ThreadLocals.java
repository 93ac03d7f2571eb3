package dev.fastdeploy.agent.reload.module.leftovers;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * Thread locals of threads that survive, if the variable or its value is the application's. The
 * threads run meanwhile, so their tables are not rearranged: an entry is emptied as if the
 * collector had freed its variable, and the thread itself drops it in time.
 */
final class ThreadLocals implements Step {

  private static final String TABLE = "java.lang.ThreadLocal$ThreadLocalMap";
  private static final String ENTRY = TABLE + "$Entry";

  private final JdkInternals jdk;

  ThreadLocals(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "thread locals";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    ThreadInternals threads = new ThreadInternals(jdk);
    Reach reach = new Reach(jdk, old);
    List<Leftover> found = new ArrayList<>();
    for (Thread thread : new OldThreads(jdk, old).surviving()) {
      for (Object table : threads.localTables(thread)) {
        for (Reference<?> entry : entries(table)) {
          Object value = jdk.read(ENTRY, entry, "value");
          if (value != null && (old.owns(entry.get()) || reach.leadsToOld(value))) {
            found.add(
                new Leftover(
                    "thread local of thread '"
                        + thread.getName()
                        + "' with a "
                        + value.getClass().getName(),
                    () -> empty(entry)));
          }
        }
      }
    }
    return found;
  }

  private List<Reference<?>> entries(Object table) throws InaccessibleException {
    List<Reference<?>> entries = new ArrayList<>();
    if (jdk.read(TABLE, table, "table") instanceof Object[] slots) {
      for (Object slot : slots) {
        if (slot instanceof Reference<?> entry) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  /**
   * Clears the variable first: whoever asks in between finds none, rather than one that is null.
   */
  private void empty(Reference<?> entry) throws InaccessibleException {
    entry.clear();
    jdk.write(ENTRY, entry, "value", null);
  }
}
