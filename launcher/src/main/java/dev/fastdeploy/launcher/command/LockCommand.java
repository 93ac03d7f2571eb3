package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Ownership;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Locks an environment against deploys. */
@Command(
    name = "lock",
    description = "Locks an environment: nothing is deployed to its fleet until 'unlock'.")
final class LockCommand extends RecordCommand {

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "why, for those who find the environment locked")
  private String reason = "";

  @Option(
      names = "--until",
      paramLabel = "TIME|DURATION",
      description =
          "when the lock ends by itself: a time such as 2026-01-02T15:00:00Z, or 2h from now"
              + " (default: never)")
  private @Nullable String until;

  LockCommand(CommandContext context) {
    super(context);
  }

  @Override
  int call(Environment environment, EnvironmentRecord record) throws IOException {
    Instant end = end();
    record.probe();
    Ownership.Answer answer =
        new Ownership(
                record, UUID.randomUUID().toString(), Initiator.of(context()), context().clock())
            .lock(end, Reason.of(reason));
    if (answer instanceof Ownership.Answer.Held held) {
      throw environment.held(held.epoch());
    }
    context()
        .out()
        .println(
            "the environment "
                + environment
                + " is held "
                + (end == null
                    ? "until 'fastdeploy unlock'"
                    : "until " + end.truncatedTo(ChronoUnit.SECONDS)));
    return ExitCodes.DONE;
  }

  private @Nullable Instant end() {
    if (until == null) {
      return null;
    }
    Instant now = context().clock().instant();
    Instant end = until.contains("T") ? time(until) : now.plus(duration(until));
    if (!end.isAfter(now)) {
      throw new IllegalArgumentException(
          "--until '"
              + Text.shortened(until, 60)
              + "' is not in the future; it is "
              + now
              + " now");
    }
    return end;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw notUnderstood(text, malformed);
    }
  }

  private static Duration duration(String text) {
    try {
      return Settings.parseDuration("--until", text);
    } catch (IllegalArgumentException malformed) {
      throw notUnderstood(text, malformed);
    }
  }

  private static IllegalArgumentException notUnderstood(String text, Exception cause) {
    return new IllegalArgumentException(
        "--until '"
            + Text.shortened(text, 60)
            + "' is not understood; write a time in UTC like 2026-01-02T15:00:00Z, or a duration"
            + " like 2h",
        cause);
  }
}
