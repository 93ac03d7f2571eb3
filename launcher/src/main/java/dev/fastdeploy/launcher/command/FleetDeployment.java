package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.carrier.FleetRequest;
import dev.fastdeploy.launcher.fleet.carrier.GrpcCarrier;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.GateAnswer;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.Order;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.record.Beginning;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.JournalThread;
import dev.fastdeploy.launcher.fleet.record.Ownership;
import dev.fastdeploy.launcher.fleet.run.CommandGate;
import dev.fastdeploy.launcher.fleet.run.FleetRun;
import dev.fastdeploy.launcher.fleet.run.Gate;
import dev.fastdeploy.launcher.fleet.source.FleetSource;
import dev.fastdeploy.launcher.report.FleetReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings a fleet to a commit and records that in the store: takes the environment, carries out the
 * plan and reports the progress.
 */
final class FleetDeployment {

  private final CommandContext context;
  private final Settings settings;
  private final Environment environment;
  private final OwnershipOptions lease;
  private final FleetReport report;
  private final String owner = UUID.randomUUID().toString();

  /**
   * @param report receives the progress
   */
  FleetDeployment(
      CommandContext context,
      Settings settings,
      Environment environment,
      OwnershipOptions lease,
      FleetReport report) {
    this.context = context;
    this.settings = settings;
    this.environment = environment;
    this.lease = lease;
    this.report = report;
  }

  /**
   * Begins a deploy, or continues the one with that id.
   *
   * @param planning makes the plan of a new deploy
   * @param sources know the members; closed at the end
   * @param clients closed at the end
   * @return the command's exit code
   */
  int run(
      DeployId id, Ownership.Planning planning, List<FleetSource> sources, InstanceClients clients)
      throws IOException, InterruptedException {
    try (clients;
        EnvironmentRecord record = environment.record()) {
      // A wrong option is refused before anything is written.
      Duration silence = lease.lease();
      Duration patience = lease.lockWait();
      record.probe();
      Heeding heeding = new Heeding(planning, sources);
      Ownership.Answer answer =
          new Ownership(record, owner, Initiator.of(context), context.clock())
              .begin(id, heeding, lease.reason(), silence, patience, lease.breakLock());
      if (answer instanceof Ownership.Answer.Held held) {
        throw environment.held(held.epoch());
      }
      if (answer instanceof Ownership.Answer.Broken broken) {
        throw new CommandException(
            "the deploy '"
                + id
                + "' was ended by somebody else after its command had gone ("
                + broken.closing().why()
                + "); repeat it with 'fastdeploy retry "
                + id
                + "'",
            Ending.ABORTED.exitCode());
      }
      if (answer instanceof Ownership.Answer.Over over) {
        report.over(over.epoch().number(), id, over.summary());
        return over.summary().ending().exitCode();
      }
      FleetRun.Ended ended =
          carryOut(record, (Ownership.Answer.Owned) answer, heeding.stored, sources, clients);
      Summary summary = ended.summary();
      report.ended(summary);
      if (!ended.unrecorded().isEmpty()) {
        throw new CommandException(
            "the record does not say how the deploy ended: "
                + ended.unrecorded()
                + "; see 'fastdeploy history', and if it is still under way there, continue it with"
                + " 'fastdeploy retry "
                + id
                + "'",
            Math.max(summary.ending().exitCode(), ExitCodes.NOTHING_DONE));
      }
      return summary.ending().exitCode();
    } finally {
      sources.forEach(FleetSource::close);
    }
  }

  /** Refuses wrong sources and missing releases before the environment is taken. */
  private final class Heeding implements Ownership.Planning {

    private final Ownership.Planning planning;
    private final List<FleetSource> sources;
    private StoredReleases stored = new StoredReleases(Map.of(), 0);

    Heeding(Ownership.Planning planning, List<FleetSource> sources) {
      this.planning = planning;
      this.sources = sources;
    }

    @Override
    public Plan after(@Nullable Epoch before) throws IOException, InterruptedException {
      Plan plan = planning.after(before);
      requireSources(plan, sources);
      stored = StoredReleases.of(plan, settings);
      String refusal =
          FirstQuestion.refusal(sources, plan.patience().check(), lease.duringRollout());
      if (!refusal.isEmpty()) {
        throw new CommandException(refusal);
      }
      return plan;
    }

    @Override
    public boolean isNew() {
      return planning.isNew();
    }

    @Override
    public void requireSame(Plan earlier) throws IOException {
      planning.requireSame(earlier);
      requireSources(earlier, sources);
      stored = StoredReleases.of(earlier, settings);
    }
  }

  private FleetRun.Ended carryOut(
      EnvironmentRecord record,
      Ownership.Answer.Owned owned,
      StoredReleases stored,
      List<FleetSource> sources,
      InstanceClients clients)
      throws IOException, InterruptedException {
    Epoch epoch = owned.epoch();
    Beginning beginning = epoch.beginning();
    Plan plan = Objects.requireNonNull(beginning.plan());
    report.begun(epoch.number(), beginning.resumes(), plan);
    FleetRequest request = FleetRequest.of(plan, epoch.number(), stored.digests(), context.clock());
    FleetRun run =
        new FleetRun(plan, beginning.before().images(), sources, gate(plan), report::said);
    run.feed(stored.means());
    StopRequests.hear(
        signal -> {
          report.interrupted(plan.deploy());
          run.feed(new Input.Ordered(abort(signal)));
        });
    try {
      return run.run(
          owned.entries(),
          new GrpcCarrier(request, clients, run::feed),
          new JournalThread(record, epoch, owner, context.clock(), run::feed));
    } catch (InterruptedException left) {
      throw new CommandException(
          "interrupted again, without waiting for what is under way; continue with 'fastdeploy"
              + " retry "
              + plan.deploy()
              + "', or end it with 'fastdeploy abort'",
          Ending.ABORTED.exitCode());
    } finally {
      StopRequests.leave();
    }
  }

  private Order abort(String signal) {
    return new Order(
        UUID.randomUUID().toString(), Order.What.ABORT, 0, Initiator.of(context), "SIG" + signal);
  }

  /** A command that continues a deploy must know the same members. */
  private static void requireSources(Plan plan, List<FleetSource> sources) {
    List<String> given = sources.stream().map(FleetSource::name).toList();
    if (!given.equals(plan.sources())) {
      throw new IllegalArgumentException(
          "the deploy '"
              + plan.deploy()
              + "' was begun with --fleet "
              + String.join(" --fleet ", plan.sources())
              + ", not "
              + String.join(" ", given)
              + "; give the same sources, or another --deploy-id");
    }
  }

  private static Gate gate(Plan plan) {
    return plan.manner().gate().isEmpty()
        ? gate -> new Gate.Said(GateAnswer.UNKNOWN, "the plan has no gate")
        : new CommandGate(plan.manner().gate(), plan);
  }
}
