package dev.fastdeploy.launcher.supervisor.releases;

import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import java.util.EnumMap;
import java.util.Map;

/**
 * The times at which the phases of a reload were passed, to be recorded once there is time. Each
 * record is synced to disk, and nothing may wait for that between two services.
 */
@SupervisorThread
public final class PhaseRecord {

  private final Releases releases;
  private final Map<Phase, Long> unrecorded = new EnumMap<>(Phase.class);

  public PhaseRecord(Releases releases) {
    this.releases = releases;
  }

  /** Notes that a phase is passed now. */
  public void pass(Phase phase) {
    unrecorded.put(phase, System.currentTimeMillis());
  }

  /** Records the phases that were passed. */
  public void write() {
    releases.reached(unrecorded);
    unrecorded.clear();
  }

  /** Forgets the phases that were passed: the reload was taken back. */
  public void forget() {
    unrecorded.clear();
  }
}
