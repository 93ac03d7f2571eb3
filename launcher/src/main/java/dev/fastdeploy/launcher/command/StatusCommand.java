package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.FleetStatus;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.InstanceView;
import dev.fastdeploy.launcher.fleet.Target;
import dev.fastdeploy.launcher.report.JsonStatus;
import dev.fastdeploy.launcher.report.StatusReport;
import dev.fastdeploy.launcher.report.TextStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what instances run. */
@Command(
    name = "status",
    description = "Shows what instances, or the service of a home on this machine, run.")
final class StatusCommand extends Subcommand {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  @Mixin private final FleetOptions fleet = new FleetOptions();

  @Mixin private final AnswerOptions answer = new AnswerOptions("5s");

  @Option(names = "--watch", description = "show it again after each change, until interrupted")
  private boolean watch;

  StatusCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return HOME_AND_CONTROL;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Duration deadline = answer.timeout();
    Settings settings = settings();
    if (Place.of(fleet, settings) == Place.FLEET) {
      return ofFleet(fleet.targets(), settings, deadline);
    }
    LocalHome home = LocalHome.toLookAt(settings);
    Optional<LauncherFacts> launcher = home.launcher();
    if (launcher.isPresent() && launcher.get().agent() && home.agentListens()) {
      return watch
          ? ofFleet(List.of(home.agent()), settings, deadline)
          : ofAgent(home, settings, deadline);
    }
    return ofHome(home, "");
  }

  /** What an agent that hangs cannot tell is in the files. */
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
      long answered = views.stream().filter(view -> view.error() == null).count();
      return answered == views.size()
          ? ExitCodes.DONE
          : answered == 0 ? ExitCodes.NOTHING_DONE : ExitCodes.SOME_FAILED;
    }
  }

  private int ofHome(LocalHome home, String silence) throws IOException, InterruptedException {
    StatusReport report = report();
    // The time of the first look: a status is shown again when something has changed.
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
