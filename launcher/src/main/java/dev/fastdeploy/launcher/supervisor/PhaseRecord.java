package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Phase;
import java.util.EnumMap;
import java.util.Map;

/**
 * When the phases of a reload were passed, to be recorded once there is time. Each record is synced
 * to disk, and nothing may wait for that between two services. The supervisor's thread alone uses
 * it.
 */
final class PhaseRecord {

  private final Releases releases;
  private final Map<Phase, Long> unrecorded = new EnumMap<>(Phase.class);

  PhaseRecord(Releases releases) {
    this.releases = releases;
  }

  /** A phase is passed now. */
  void pass(Phase phase) {
    unrecorded.put(phase, System.currentTimeMillis());
  }

  /** Records what was passed. */
  void write() {
    releases.reached(unrecorded);
    unrecorded.clear();
  }

  /** Forgets what was passed: the reload was taken back. */
  void forget() {
    unrecorded.clear();
  }
}
