package dev.fastdeploy.launcher.fleet.run;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.plan.GateAnswer;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A gate that is a command of the user's, run by {@code sh -c}: it ends with 0 for good and with 1
 * for bad; whatever else it does, it could not tell.
 */
public final class CommandGate implements Gate {

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int LONGEST_ANSWER = 2_000;

  private final String command;
  private final Plan plan;

  /** A gate of a deploy. */
  public CommandGate(String command, Plan plan) {
    this.command = command;
    this.plan = plan;
  }

  @Override
  public Said ask(int gate) throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    builder.environment().put("FASTDEPLOY_COMMIT", plan.commit().id());
    builder.environment().put("FASTDEPLOY_DEPLOY_ID", plan.deploy().id());
    builder.environment().put("FASTDEPLOY_GATE", Integer.toString(gate));
    Process process;
    try {
      process =
          builder
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
    } catch (IOException failure) {
      return new Said(
          GateAnswer.UNKNOWN, "the gate cannot be started: " + Diagnostics.reason(failure));
    }
    try {
      LastLine last = new LastLine(process.getInputStream());
      last.start();
      if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Said(
            GateAnswer.UNKNOWN, "the gate gave no answer within " + LONGEST.toSeconds() + " s");
      }
      last.join(1_000);
      return switch (process.exitValue()) {
        case 0 -> new Said(GateAnswer.GOOD, last.line());
        case 1 -> new Said(GateAnswer.BAD, last.line());
        default ->
            new Said(
                GateAnswer.UNKNOWN,
                "the gate ended with " + process.exitValue() + ": " + last.line());
      };
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Reads what a command prints, however much, and keeps its last line. */
  private static final class LastLine extends Thread {

    private final InputStream from;
    private final StringBuilder line = new StringBuilder();
    private String last = "";

    LastLine(InputStream from) {
      super("fastdeploy-gate");
      setDaemon(true);
      this.from = from;
    }

    synchronized String line() {
      String now = line.toString().strip();
      return Text.shortened(now.isEmpty() ? last : now, LONGEST_ANSWER);
    }

    @Override
    public void run() {
      byte[] bytes = new byte[8 * 1024];
      try {
        for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
          take(new String(bytes, 0, count, StandardCharsets.UTF_8));
        }
      } catch (IOException ended) {
        // What was read until then is what it said.
      }
    }

    private synchronized void take(String text) {
      for (int i = 0; i < text.length(); i++) {
        char letter = text.charAt(i);
        if (letter == '\n') {
          String whole = line.toString().strip();
          last = whole.isEmpty() ? last : whole;
          line.setLength(0);
        } else if (line.length() < LONGEST_ANSWER) {
          line.append(letter);
        }
      }
    }
  }
}
