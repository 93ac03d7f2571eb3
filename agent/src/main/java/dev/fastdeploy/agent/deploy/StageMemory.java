package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.DeployId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The outcomes of the last stagings. They do not outlive the process, and need not: a client that
 * finds none asks again and finds the release staged. Thread-safe.
 */
final class StageMemory {

  private static final int KEPT = 16;

  private final Map<DeployId, DeployReport> reports =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DeployId, DeployReport> eldest) {
          return size() > KEPT;
        }
      };

  synchronized void put(DeployReport report) {
    reports.remove(report.id());
    reports.put(report.id(), report);
  }

  synchronized Optional<DeployReport> get(DeployId id) {
    return Optional.ofNullable(reports.get(id));
  }
}
