package dev.fastdeploy.launcher.supervisor.process;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ProcessStat;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Reaps the processes that the kernel gives to PID 1 when their parent has gone, as an init must
 * (tini does it at each SIGCHLD; here a zombie stays for two seconds at most). Otherwise each would
 * keep its entry in the container's process table, which is limited.
 *
 * <p>The JDK has no such API. Its own mechanism for children is reached by reflection, which the
 * jar's manifest opens ({@code Add-Opens}); it knows those children, so the exit code of the
 * service is never taken away from its waiter. Runs on a thread of its own.
 */
public final class OrphanReaper {

  private static final long INIT = 1;
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final String REMEDY =
      "; start the launcher with java -jar, or the container with an init (docker run --init)";

  private final LongConsumer reap;
  private Set<Long> seenBefore = Set.of();

  public OrphanReaper(LongConsumer reap) {
    this.reap = reap;
  }

  /** Starts to reap, if orphans are given to this process. */
  public static void startIfInit() {
    if (ProcessHandle.current().pid() != INIT) {
      return;
    }
    try {
      LauncherThreads.start("reaper", OrphanReaper::reapForEver);
    } catch (OutOfMemoryError noThread) {
      Diagnostics.say("orphaned processes are not reaped: " + LauncherThreads.remedy(noThread));
    }
  }

  private static void reapForEver() {
    try {
      OrphanReaper reaper = new OrphanReaper(jdksOwn());
      while (true) {
        Thread.sleep(PERIOD.toMillis());
        reaper.look(zombies());
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    } catch (ReflectiveOperationException | RuntimeException otherJdk) {
      Diagnostics.say(
          "orphaned processes are not reaped: " + Diagnostics.reason(otherJdk) + REMEDY);
    }
  }

  /**
   * Reaps what was already a zombie at the last look: a child of our own that has ended is reaped
   * well before by its starter.
   *
   * @param zombies all present zombies
   */
  void look(Set<Long> zombies) {
    Set<Long> left = new HashSet<>(zombies);
    left.retainAll(seenBefore);
    left.forEach(reap::accept);
    seenBefore = zombies;
  }

  /** {@code ProcessHandleImpl.completion(pid, true)}, the same in JDK 17 to 25. */
  private static LongConsumer jdksOwn() throws ReflectiveOperationException {
    Method completion =
        Class.forName("java.lang.ProcessHandleImpl")
            .getDeclaredMethod("completion", long.class, boolean.class);
    completion.setAccessible(true);
    return pid -> {
      try {
        completion.invoke(null, pid, true);
      } catch (ReflectiveOperationException failure) {
        if (failure.getCause() instanceof OutOfMemoryError) {
          // No thread for it now. It is a zombie at the next look, too.
          return;
        }
        throw new IllegalStateException(failure);
      }
    };
  }

  private static Set<Long> zombies() {
    return ProcessHandle.current()
        .children()
        .map(ProcessHandle::pid)
        .filter(OrphanReaper::isZombie)
        .collect(Collectors.toSet());
  }

  private static boolean isZombie(long pid) {
    return ProcessStat.of(pid).filter(ProcessStat::ended).isPresent();
  }
}
