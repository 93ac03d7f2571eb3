package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.RefusedException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes snapshots of the instance. Changes nothing, and waits for nobody. Thread-safe. */
final class InstanceObserver {

  private final DeployPolicy policy;
  private final RunningRelease running;
  private final ReleaseHome home;
  private final ServiceFacts service;
  private final Strategies strategies;
  private final Admission admission;
  private final FleetGate gate;
  private final DeploySlot slot;
  private final DeployRecords records;

  InstanceObserver(
      DeployPolicy policy,
      RunningRelease running,
      ReleaseHome home,
      ServiceFacts service,
      Strategies strategies,
      Admission admission,
      FleetGate gate,
      DeploySlot slot,
      DeployRecords records) {
    this.policy = policy;
    this.running = running;
    this.home = home;
    this.service = service;
    this.strategies = strategies;
    this.admission = admission;
    this.gate = gate;
    this.slot = slot;
    this.records = records;
  }

  /**
   * Returns the instance as it is now. A home that cannot be read appears empty, and deploys are
   * refused.
   *
   * @param nowMillis this machine's time, UTC milliseconds
   */
  InstanceSnapshot at(long nowMillis) {
    ClassOrigin classes = service.classes();
    HomeState memory = HomeState.EMPTY;
    ActiveDeploy current = null;
    List<Commit> staged = List.of();
    String refusedBecause;
    try {
      DeployRecords.Known known = records.read();
      memory = known.memory();
      current = known.underWay();
      staged = home.staged();
      refusedBecause = refusedBecause(memory, classes);
    } catch (IOException unreadable) {
      current = slot.active();
      refusedBecause = Diagnostics.reason(unreadable);
    }
    EnvironmentName environment = policy.environment();
    DeployId underWay = current == null ? null : current.plan().id();
    return new InstanceSnapshot(
        nowMillis,
        state(current, memory.pending()),
        !slot.isStopping() && service.inService(),
        new InstanceSnapshot.Membership(
            policy.app(), environment == null ? "" : environment.name(), gate.seen(memory)),
        new InstanceSnapshot.Releases(running.commit(), memory, staged),
        new InstanceSnapshot.Deploys(
            refusedBecause,
            home.unwritableBecause().orElse(""),
            admission.storeUnusableBecause().orElse(""),
            strategies.names(),
            strategies.notPrepared(),
            underWay,
            outcomes(memory, underWay)),
        new InstanceSnapshot.Code(classes, strategies.oldLoaders(), service.connections()));
  }

  private String refusedBecause(HomeState memory, ClassOrigin classes) {
    try {
      slot.requireFree();
    } catch (RefusedException refused) {
      return refused.reason();
    }
    return admission.generalRefusal(memory, classes).orElse("");
  }

  private InstanceState state(@Nullable ActiveDeploy current, @Nullable PendingActivation pending) {
    if (slot.isStopping()) {
      return InstanceState.STOPPING;
    }
    if (current != null) {
      return current.state();
    }
    if (pending != null && pending.to().equals(running.commit())) {
      return InstanceState.PROBATION;
    }
    return service.unreadyBecause().isEmpty() ? InstanceState.READY : InstanceState.STARTING;
  }

  private static List<DeployReport> outcomes(HomeState memory, @Nullable DeployId underWay) {
    return memory.outcomes().stream()
        .filter(outcome -> !outcome.id().equals(underWay))
        .map(outcome -> DeployReport.of(outcome).withDigest(memory))
        .toList();
  }
}
