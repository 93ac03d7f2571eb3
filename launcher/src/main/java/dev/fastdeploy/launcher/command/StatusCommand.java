package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.FleetStatus;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.InstanceView;
import dev.fastdeploy.launcher.fleet.Target;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.source.FleetSource;
import dev.fastdeploy.launcher.fleet.source.SourceAnswer;
import dev.fastdeploy.launcher.report.FleetStanding;
import dev.fastdeploy.launcher.report.JsonStatus;
import dev.fastdeploy.launcher.report.StatusReport;
import dev.fastdeploy.launcher.report.TextStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what instances run. */
@Command(
    name = "status",
    description =
        "Shows what instances run: those of a fleet, those named, or the service of a home on this"
            + " machine.")
final class StatusCommand extends Subcommand {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  @Mixin private final FleetOptions fleet = new FleetOptions();

  @Mixin private final SourceOptions sources = new SourceOptions();

  @Mixin private final AnswerOptions answer = new AnswerOptions("5s");

  @Option(
      names = "--watch",
      description = "show the status again after each change, until interrupted")
  private boolean watch;

  StatusCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return Stream.of(HOME_AND_CONTROL, RECORD).flatMap(List::stream).toList();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Duration deadline = answer.timeout();
    Settings settings = settings();
    if (sources.given()) {
      return ofSources(settings, deadline);
    }
    if (Addressee.of(fleet, settings) == Addressee.FLEET) {
      return ofFleet(fleet.targets(), settings, deadline);
    }
    LocalHome home = LocalHome.toLookAt(settings);
    if (home.agentListens()) {
      return watch
          ? ofFleet(List.of(home.agent()), settings, deadline)
          : ofAgent(home, settings, deadline);
    }
    return ofHome(home, "");
  }

  /**
   * Shows the members that the sources know and, if the settings name the record, how they compare
   * with it.
   */
  private int ofSources(Settings settings, Duration deadline)
      throws IOException, InterruptedException {
    if (fleet.given()) {
      throw new IllegalArgumentException(
          "--target and --fleet are two ways to name instances; give only one of them");
    }
    List<Target> targets = members();
    if (targets.isEmpty()) {
      throw new CommandException("the sources know of no instance", Ending.NO_INSTANCES.exitCode());
    }
    List<InstanceView> views = new ArrayList<>();
    int code;
    try (InstanceClients clients = fleet.clients(settings, targets)) {
      FleetStatus status = new FleetStatus(clients, targets, deadline);
      if (watch) {
        status.watch(report()::show);
      }
      views.addAll(distinct(status.ask()));
      views.forEach(report()::show);
      code = exitCode(views);
    }
    if (settings.text(Setting.ENV).isPresent() && settings.text(Setting.STORE).isPresent()) {
      Environment environment = Environment.of(settings);
      try (EnvironmentRecord record = environment.record()) {
        new FleetStanding(context().out(), answer.json())
            .show(record.newest().orElse(null), context().clock().instant(), views);
      }
    }
    return code;
  }

  /** Returns each instance once, although sources may list it under several addresses. */
  private List<InstanceView> distinct(List<InstanceView> views) {
    Map<String, InstanceView> byIdentity = new HashMap<>();
    List<InstanceView> distinct = new ArrayList<>();
    for (InstanceView view : views) {
      String identity = view.identity().id();
      InstanceView known = identity.isEmpty() ? null : byIdentity.putIfAbsent(identity, view);
      if (known == null) {
        distinct.add(view);
      } else {
        say(view.target() + " is the same instance as " + known.target() + " and counts once");
      }
    }
    return distinct;
  }

  private List<Target> members() throws InterruptedException {
    Set<Target> targets = new LinkedHashSet<>();
    List<FleetSource> open = sources.open();
    try {
      for (FleetSource source : open) {
        SourceAnswer said = source.ask();
        if (said instanceof SourceAnswer.Seen seen) {
          seen.members().forEach(member -> targets.add(Target.parse(member.address())));
          if (!seen.complete()) {
            say("the source '" + source.name() + "' reported only some of its instances");
          }
        } else if (said instanceof SourceAnswer.Unknown unknown) {
          throw new CommandException(
              "the source '" + source.name() + "' does not answer: " + unknown.why());
        }
      }
      return List.copyOf(targets);
    } finally {
      open.forEach(FleetSource::close);
    }
  }

  private void say(String line) {
    context().err().println("fastdeploy: " + line);
    context().err().flush();
  }

  /** If the agent hangs, the files of the home still tell its state. */
  private int ofAgent(LocalHome home, Settings settings, Duration deadline)
      throws IOException, InterruptedException {
    List<Target> targets = List.of(home.agent());
    try (InstanceClients clients = fleet.clients(settings, targets)) {
      InstanceView view = new FleetStatus(clients, targets, deadline).ask().get(0);
      if (view.error() != null) {
        return ofHome(home, view.error());
      }
      report().show(view);
      return ExitCodes.DONE;
    }
  }

  private int ofFleet(List<Target> targets, Settings settings, Duration deadline)
      throws InterruptedException {
    try (InstanceClients clients = fleet.clients(settings, targets)) {
      FleetStatus status = new FleetStatus(clients, targets, deadline);
      if (watch) {
        status.watch(report()::show);
      }
      List<InstanceView> views = status.ask();
      views.forEach(report()::show);
      return exitCode(views);
    }
  }

  private static int exitCode(List<InstanceView> views) {
    long answered = views.stream().filter(view -> view.error() == null).count();
    return answered == views.size()
        ? ExitCodes.DONE
        : answered == 0 ? ExitCodes.NOTHING_DONE : ExitCodes.SOME_FAILED;
  }

  /**
   * @param silence why the agent that listens in the home does not answer; empty if none does
   */
  private int ofHome(LocalHome home, String silence) throws IOException, InterruptedException {
    StatusReport report = report();
    // The time of the first look, so that a status differs only when something has changed.
    long now = context().clock().millis();
    @Nullable InstanceView last = null;
    do {
      InstanceView view = HomeView.of(home, now, silence);
      if (!view.equals(last)) {
        report.show(view);
      }
      last = view;
      if (watch) {
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
      }
    } while (watch);
    return ExitCodes.DONE;
  }

  private StatusReport report() {
    return answer.json() ? new JsonStatus(context().out()) : new TextStatus(context().out());
  }
}
