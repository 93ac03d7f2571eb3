package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.carrier.FleetRequest;
import dev.fastdeploy.launcher.fleet.carrier.GrpcCarrier;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.Forecast;
import dev.fastdeploy.launcher.fleet.plan.GateAnswer;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Report;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.Known;
import dev.fastdeploy.launcher.fleet.run.FleetRun;
import dev.fastdeploy.launcher.fleet.run.Gate;
import dev.fastdeploy.launcher.fleet.source.FleetSource;
import dev.fastdeploy.launcher.report.FleetPlanText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a deploy of a fleet would do, and whether it could begin. */
@Command(
    name = "plan",
    description =
        "Shows what a deploy of a commit to a fleet would do, wave by wave, and whether it could"
            + " begin. Changes nothing.",
    footer = {
      "",
      "Exits with 0 if it could begin, with 1 if all instances would refuse it or more than may"
          + " fail, else with the code of the deploy: see 'fastdeploy deploy --help'."
    })
final class PlanCommand extends Subcommand {

  @Parameters(paramLabel = "COMMIT", description = "the commit that would be deployed")
  private String commit = "";

  @Mixin private final FleetOptions reach = new FleetOptions();
  @Mixin private final SourceOptions sources = new SourceOptions();
  @Mixin private final PlanOptions options = new PlanOptions();
  @Mixin private final LeaseOptions lease = new LeaseOptions();
  @Mixin private final WaveOptions each = new WaveOptions();

  @Option(
      names = "--force",
      description = "plan for instances that rolled the commit back before, too")
  private boolean force;

  PlanCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return RECORD_AND_CONTROL;
  }

  @Override
  List<String> needs() {
    return Stream.concat(Stream.of(SourceOptions.FLEET), RECORD_OPTIONS.stream()).toList();
  }

  @Override
  List<String> refuses() {
    return Stream.concat(Stream.of("--json"), FleetOptions.TARGETS.stream()).toList();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    reach.requireNoTargets();
    each.requireText();
    Settings settings = settings();
    Environment environment = Environment.of(settings);
    Commit wanted = new Commit(commit);
    DeployId id = each.deployId(context().clock());
    List<FleetSource> open = sources.open();
    FleetPlanning planning =
        new FleetPlanning(
            settings,
            environment,
            id,
            known -> wanted,
            false,
            force,
            open.stream().map(FleetSource::name).toList(),
            options,
            lease,
            each);
    @Nullable Epoch newest;
    try (EnvironmentRecord record = environment.record()) {
      newest = record.newest().orElse(null);
    }
    Plan plan = planning.after(newest);
    Heard heard = new Heard();
    String refusal = FirstQuestion.refusal(open, plan.patience().check(), lease.duringRollout());
    Known known = newest == null ? Known.NOTHING : newest.known();
    Optional<Summary> end = check(plan, known, open, settings, heard);
    FleetPlanText text = new FleetPlanText(context().out());
    Forecast forecast = heard.forecast(plan);
    text.show(plan, known.images(), forecast);
    // In the order in which a deploy would find them.
    if (newest != null && newest.isHeld(context().clock().instant())) {
      throw environment.held(newest);
    }
    if (!refusal.isEmpty()) {
      text.refused(refusal);
      return ExitCodes.NOTHING_DONE;
    }
    if (end.isPresent()) {
      text.refused(end.get());
      return end.get().ending().exitCode();
    }
    Optional<String> failure = forecast.failure();
    if (failure.isPresent()) {
      text.wouldFail(failure.get());
      return ExitCodes.NOTHING_DONE;
    }
    text.couldBegin(forecast.shortfall(plan.successAt()).orElse(""));
    return ExitCodes.DONE;
  }

  private Optional<Summary> check(
      Plan plan, Known known, List<FleetSource> open, Settings settings, Heard heard)
      throws IOException, InterruptedException {
    Gate none = gate -> new Gate.Said(GateAnswer.UNKNOWN, "");
    FleetRun run = new FleetRun(plan, known.images(), open, none, heard::said);
    FleetRequest request = FleetRequest.of(plan, 1, Map.of(), context().clock());
    run.feed(StoredReleases.of(plan, settings).means());
    return run.check(
        new GrpcCarrier(
            request,
            reach.clients(settings),
            input -> {
              heard.take(input);
              run.feed(input);
            }));
  }

  /** What was heard of the members while they were asked. Thread-safe. */
  private static final class Heard {

    private final Map<MemberId, Report.Status> statuses = new ConcurrentHashMap<>();
    private final Map<MemberId, Event.Failed> failed = new ConcurrentHashMap<>();

    void take(Input.Heard input) {
      if (input.report() instanceof Report.Status status) {
        statuses.put(input.member(), status);
      }
    }

    void said(Event event) {
      if (event instanceof Event.Failed one) {
        // Only its first failure counts.
        failed.putIfAbsent(one.member(), one);
      }
    }

    Forecast forecast(Plan plan) {
      return new Forecast(plan.budget(), Map.copyOf(statuses), List.copyOf(failed.values()));
    }
  }
}
