package dev.fastdeploy.launcher.supervisor.leftovers;

import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.ProcessStat;
import dev.fastdeploy.launcher.supervisor.process.ProcessTable;
import dev.fastdeploy.launcher.supervisor.process.ServiceMark;
import java.util.List;
import java.util.Optional;

/**
 * The service of a launcher that was killed. If it outlived the launcher, it keeps the port from
 * the next one, and nobody would ever stop it; if not, what it started may have. Not thread-safe.
 */
public final class LeftService {

  private final LauncherFacts facts;
  private List<ProcessStat> descendants = List.of();

  private LeftService(LauncherFacts facts) {
    this.facts = facts;
  }

  /**
   * Returns the one in a home; empty if there is none.
   *
   * @param home its lock is held by the caller: no other launcher lives
   */
  public static Optional<LeftService> in(Home home) {
    return LauncherFacts.left(home).map(LeftService::new);
  }

  /** Returns the pid of its process. */
  public long pid() {
    return facts.servicePid();
  }

  /** Returns true if it still runs. Another process with its pid is not it. */
  public boolean alive() {
    return facts.serviceAlive();
  }

  /** Asks it to end. */
  public void stop() {
    descendants = ProcessTable.now().descendants(pid());
    ProcessHandle.of(pid()).filter(process -> alive()).ifPresent(ProcessHandle::destroy);
  }

  /** Ends it. */
  public void kill() {
    ProcessHandle.of(pid()).filter(process -> alive()).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Returns the mark of what it started; empty if its launcher knew of none. */
  public ServiceMark mark() {
    return new ServiceMark(facts.mark());
  }

  /** Returns what is known of what it left, once it has ended. */
  public LeftProcesses.Service left() {
    return new LeftProcesses.Service(
        pid(),
        facts.serviceStartedTicks(),
        facts.serviceStartedTicks(),
        descendants,
        facts.startedTicks());
  }
}
