package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.Cancelled;
import dev.fastdeploy.launcher.fleet.FleetCancel;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.Target;
import dev.fastdeploy.launcher.report.CancelReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Cancels a staging or a deploy that has not activated anything yet. */
@Command(
    name = "cancel",
    description =
        "Cancels a deploy that has not activated anything yet, on instances or in a home on this"
            + " machine. Its outcome is FAILED and names who cancelled it.")
final class CancelCommand extends Subcommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "DEPLOY-ID",
      description = "the deploy to cancel (default: the one under way)")
  private @Nullable String deployId;

  @Mixin private final FleetOptions fleet = new FleetOptions();

  @Mixin private final AnswerOptions answer = new AnswerOptions("10s");

  CancelCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return HOME_AND_CONTROL;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    String id = deployId == null ? "" : new DeployId(deployId).id();
    Duration deadline = answer.timeout();
    Settings settings = settings();
    List<Target> targets =
        Addressee.of(fleet, settings) == Addressee.FLEET
            ? fleet.targets()
            : List.of(LocalHome.of(settings).requiredAgent(LocalHome.WITH_TARGET));
    try (InstanceClients clients = fleet.clients(settings, targets)) {
      List<Cancelled> answers = new FleetCancel(clients, targets, deadline).cancel(id);
      CancelReport report = new CancelReport(context().out(), answer.json());
      answers.forEach(report::show);
      return exitCode(answers);
    }
  }

  /**
   * An instance with nothing under way does not count as a failure if another one was cancelled.
   */
  private static int exitCode(List<Cancelled> answers) {
    boolean some = has(answers, Cancelled.Result.CANCELLED);
    boolean refused =
        has(answers, Cancelled.Result.TOO_LATE)
            || has(answers, Cancelled.Result.FAILED)
            || has(answers, Cancelled.Result.UNREACHABLE);
    if (some) {
      return refused ? ExitCodes.SOME_FAILED : ExitCodes.DONE;
    }
    return has(answers, Cancelled.Result.TOO_LATE) ? ExitCodes.SOME_FAILED : ExitCodes.NOTHING_DONE;
  }

  private static boolean has(List<Cancelled> answers, Cancelled.Result result) {
    return answers.stream().anyMatch(answer -> answer.result() == result);
  }
}
