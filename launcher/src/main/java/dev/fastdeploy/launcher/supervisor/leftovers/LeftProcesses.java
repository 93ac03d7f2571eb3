package dev.fastdeploy.launcher.supervisor.leftovers;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ProcessStat;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.supervisor.event.DueTime;
import dev.fastdeploy.launcher.supervisor.event.StopListener;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.process.ProcessTable;
import dev.fastdeploy.launcher.supervisor.process.ServiceMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The processes that a service left running when it ended. They may hold the service's port or
 * lock, and then the next start of the service would fail, the healthy new release and the old one
 * alike.
 *
 * <p>Descent does not identify them: the kernel gives a process whose parent has gone another
 * parent. So a process is recognised by one of
 *
 * <ul>
 *   <li>its environment, which carries the launcher's {@link ServiceMark};
 *   <li>its session or process group, if the service or the launcher leads that, as each does that
 *       is the first process of a container: then nobody else can be in it;
 *   <li>its descent from the service when the service's end began.
 * </ul>
 */
@SupervisorThread
public final class LeftProcesses {

  /** The time for them to end by themselves, all together. */
  static final Duration UNTIL_KILL = Duration.ofSeconds(4);

  static final Duration IN_ALL = Duration.ofSeconds(5);

  private static final Duration STEP = Duration.ofMillis(20);
  private static final int MOST_NAMED = 5;

  /**
   * The number of empty looks that end the wait: the kernel shows no environment during an exec.
   */
  private static final int EMPTY_LOOKS = 3;

  private static final long INIT = 1;

  private final ServiceMark mark;
  private final LongPredicate launchersOwn;
  private final long self;
  private final Duration untilKill;
  private final Duration inAll;

  /**
   * @param launchersOwn tells whether a pid is that of a process that the launcher runs for itself
   */
  public LeftProcesses(ServiceMark mark, LongPredicate launchersOwn) {
    this(mark, launchersOwn, ProcessHandle.current().pid(), UNTIL_KILL, IN_ALL);
  }

  LeftProcesses(
      ServiceMark mark, LongPredicate launchersOwn, long self, Duration untilKill, Duration inAll) {
    this.mark = mark;
    this.launchersOwn = launchersOwn;
    this.self = self;
    this.untilKill = untilKill;
    this.inAll = inAll;
  }

  /**
   * The facts about a service that has ended by which its leftovers are found.
   *
   * @param pid the pid of the service itself
   * @param began the time before which nothing was started by the service, in clock ticks since
   *     boot; 0 if unknown
   * @param startedTicks the start of its own process; 0 if it ended before that could be asked
   * @param descendants the processes that descended from it when its end began
   * @param launcherTicks the start of its launcher: older processes are not among the leftovers
   */
  public record Service(
      long pid, long began, long startedTicks, List<ProcessStat> descendants, long launcherTicks) {

    public Service {
      descendants = List.copyOf(descendants);
    }
  }

  /**
   * Ends what a service left, and waits for that. If nothing is left, this takes as long as reading
   * what {@code /proc} says about each process.
   *
   * @param listener listens for a stop meanwhile; an overdue stop kills at once
   */
  public void end(Service ended, StopListener listener) throws InterruptedException {
    List<ProcessStat> left = find(ProcessTable.now(), ended);
    if (left.isEmpty()) {
      return;
    }
    Diagnostics.say("the service left " + named(left) + " behind; ended before the next start");
    DueTime kill = new DueTime();
    kill.in(untilKill);
    DueTime giveUp = new DueTime();
    giveUp.in(inAll);
    Map<Long, ProcessStat> told = new HashMap<>();
    boolean killing = false;
    int emptyLooks = 0;
    while (emptyLooks < EMPTY_LOOKS) {
      for (ProcessStat process : left) {
        ProcessStat before = told.put(process.pid(), process);
        if (killing || before == null || before.startedTicks() != process.startedTicks()) {
          signal(process, killing);
        }
      }
      listener.pause(STEP);
      long now = System.nanoTime();
      if (giveUp.isDue(now) && !left.isEmpty()) {
        Diagnostics.say(named(left) + " cannot be ended; the service is started anyway");
        return;
      }
      killing = killing || kill.isDue(now) || listener.takeIfOverdue();
      // Read anew each time: a process that is being ended may start something meanwhile.
      ProcessTable living = ProcessTable.now();
      left = find(living, ended);
      addTold(told, left, living);
      emptyLooks = left.isEmpty() ? emptyLooks + 1 : 0;
    }
  }

  /**
   * Adds the processes that were told to end, live, and are no longer recognised. The kernel takes
   * the environment from a process that ends before it closes the process's sockets, and shows none
   * during an exec.
   */
  private static void addTold(
      Map<Long, ProcessStat> told, List<ProcessStat> left, ProcessTable living) {
    for (ProcessStat process : told.values()) {
      if (living.has(process) && !holds(left, process.pid())) {
        left.add(process);
      }
    }
  }

  private static boolean holds(List<ProcessStat> processes, long pid) {
    for (ProcessStat process : processes) {
      if (process.pid() == pid) {
        return true;
      }
    }
    return false;
  }

  /** Returns the living processes that a service left. */
  List<ProcessStat> find(ProcessTable living, Service ended) {
    List<ProcessStat> found = new ArrayList<>();
    ProcessStat launcher = living.get(self);
    for (ProcessStat process : living.all()) {
      if (process.pid() != self
          && !launchersOwn.test(process.pid())
          && isLeft(process, ended, launcher, living)) {
        found.add(process);
      }
    }
    return found;
  }

  private boolean isLeft(
      ProcessStat process, Service ended, @Nullable ProcessStat launcher, ProcessTable living) {
    // In the order of increasing cost.
    for (ProcessStat remembered : ended.descendants()) {
      if (remembered.pid() == process.pid()
          && remembered.startedTicks() == process.startedTicks()) {
        return true;
      }
    }
    boolean led = process.session() == ended.pid() || process.group() == ended.pid();
    if (led && ended.pid() != 0 && living.get(ended.pid()) == null) {
      return true;
    }
    if (process.startedTicks() < ended.launcherTicks()) {
      return false;
    }
    return (mark.known() && ProcessTable.wasStartedWith(process.pid(), mark.assignment()))
        || (launcher != null && isInLaunchersOwn(process, ended, launcher, living));
  }

  /**
   * Returns true if a process is in the session or group that the launcher leads, came after the
   * service, and not from an init task.
   */
  private static boolean isInLaunchersOwn(
      ProcessStat process, Service ended, ProcessStat launcher, ProcessTable living) {
    ProcessStat at = process;
    for (int steps = 0; steps < 1000 && at != null; steps++) {
      if (at.pid() == launcher.pid() || !isLedBy(launcher, at)) {
        return steps > 0;
      }
      if (ended.began() == 0
          || at.startedTicks() < ended.began()
          || isBesideLauncher(at, ended, launcher)
          || ProcessTable.wasStartedWith(at.pid(), ServiceMark.OF_INIT_TASKS.assignment())) {
        return false;
      }
      at = living.get(at.parent());
    }
    return at == null;
  }

  /**
   * Returns true if a process was started by the launcher's parent, such as what a shell that gives
   * each pipeline a group pipes its output to. A leftover may have that parent as well, if orphans
   * are given to it, but then came after the service.
   */
  private static boolean isBesideLauncher(
      ProcessStat process, Service ended, ProcessStat launcher) {
    return process.parent() == launcher.parent()
        && (process.parent() == 0
            || ended.startedTicks() == 0
            || process.startedTicks() < ended.startedTicks());
  }

  /**
   * Returns true if the launcher leads it. A container's first process may be in an outer session.
   */
  private static boolean isLedBy(ProcessStat launcher, ProcessStat process) {
    boolean leads = launcher.session() == launcher.pid() || launcher.pid() == INIT;
    return (leads && process.session() == launcher.session()) || process.group() == launcher.pid();
  }

  private static void signal(ProcessStat process, boolean kill) {
    ProcessHandle.of(process.pid())
        .filter(handle -> sameAs(process))
        .ifPresent(
            handle -> {
              if (kill) {
                handle.destroyForcibly();
              } else {
                handle.destroy();
              }
            });
  }

  private static boolean sameAs(ProcessStat process) {
    return ProcessStat.of(process.pid())
        .filter(now -> now.startedTicks() == process.startedTicks())
        .isPresent();
  }

  private static String named(List<ProcessStat> processes) {
    StringBuilder names =
        new StringBuilder(processes.size() == 1 ? "the process " : "the processes ");
    for (int i = 0; i < processes.size() && i < MOST_NAMED; i++) {
      ProcessStat process = processes.get(i);
      names
          .append(i == 0 ? "" : ", ")
          .append(process.pid())
          .append(" (")
          .append(Text.shortened(process.name(), 20))
          .append(')');
    }
    int more = processes.size() - MOST_NAMED;
    return more > 0 ? names + " and " + more + " more" : names.toString();
  }
}
