package dev.fastdeploy.launcher.fleet.run;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.launcher.fleet.plan.GateAnswer;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.program.ShellCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A gate that runs a user's command with {@code sh -c}: exit code 0 means good, 1 means bad, and
 * anything else that it could not tell.
 */
public final class CommandGate implements Gate {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final ShellCommand command;
  private final Plan plan;

  /** Creates the gate of a deploy. */
  public CommandGate(String command, Plan plan) {
    this.command = new ShellCommand(command);
    this.plan = plan;
  }

  @Override
  public Said ask(int gate) throws InterruptedException {
    Map<String, String> environment =
        Map.of(
            "FASTDEPLOY_COMMIT", plan.commit().id(),
            "FASTDEPLOY_DEPLOY_ID", plan.deploy().id(),
            "FASTDEPLOY_GATE", Integer.toString(gate));
    try {
      Optional<ShellCommand.Ran> ran = command.run(environment, "", LONGEST);
      return ran.map(CommandGate::said)
          .orElseGet(() -> unknown("the gate gave no answer within " + LONGEST.toSeconds() + " s"));
    } catch (IOException failure) {
      return unknown("the gate cannot be started: " + Diagnostics.reason(failure));
    }
  }

  private static Said said(ShellCommand.Ran ran) {
    return switch (ran.status()) {
      case 0 -> new Said(GateAnswer.GOOD, ran.lastLine());
      case 1 -> new Said(GateAnswer.BAD, ran.lastLine());
      default -> unknown("the gate " + ran.told());
    };
  }

  private static Said unknown(String why) {
    return new Said(GateAnswer.UNKNOWN, why);
  }
}
