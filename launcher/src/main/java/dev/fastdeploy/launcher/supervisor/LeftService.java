package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.LauncherFacts;
import java.util.List;
import java.util.Optional;

/**
 * A service that outlived its launcher, which was killed. It keeps the port from the next one, and
 * nobody would ever stop it. Not thread-safe.
 */
final class LeftService {

  private final LauncherFacts facts;
  private final ProcessHandle process;
  private List<ProcessHandle> descendants = List.of();

  private LeftService(LauncherFacts facts, ProcessHandle process) {
    this.facts = facts;
    this.process = process;
  }

  /**
   * The one in a home, if there is one.
   *
   * @param home whose lock the caller holds: no other launcher lives
   */
  static Optional<LeftService> in(Home home) {
    return LauncherFacts.left(home)
        .flatMap(
            facts ->
                ProcessHandle.of(facts.servicePid())
                    .map(process -> new LeftService(facts, process)))
        .filter(LeftService::alive);
  }

  /** Its process. */
  long pid() {
    return facts.servicePid();
  }

  /** Whether it still runs. A pid that went on to another process is not it. */
  boolean alive() {
    return facts.serviceAlive();
  }

  /** Asks it to end. */
  void stop() {
    descendants = process.descendants().toList();
    process.destroy();
  }

  /** Ends it, and what it started. */
  void kill() {
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
