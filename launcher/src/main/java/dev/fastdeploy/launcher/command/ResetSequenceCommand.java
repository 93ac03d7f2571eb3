package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Setting;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** Makes a home accept the next deploy whatever its sequence number. */
@Command(
    name = "reset-sequence",
    description =
        "Forgets the last sequence number in a home on this machine, so that the next deploy is"
            + " accepted after a clock was wrong. Until then, a request that is older than the last"
            + " deploy is not refused.")
final class ResetSequenceCommand extends Subcommand {

  ResetSequenceCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return List.of(Setting.HOME);
  }

  @Override
  List<String> needs() {
    return List.of(Setting.HOME.option());
  }

  @Override
  public Integer call() throws IOException {
    LocalHome local = LocalHome.of(settings());
    long[] before = new long[1];
    local
        .home()
        .change(
            state -> {
              before[0] = state.lastSequence();
              return state.withoutSequence();
            });
    context()
        .out()
        .println(
            before[0] == 0
                ? "the home '"
                    + local.home().given()
                    + "' has no last sequence; nothing has changed"
                : "forgot the last sequence "
                    + before[0]
                    + " ("
                    + Instant.ofEpochMilli(before[0])
                    + "); the next deploy is accepted whatever its sequence, up to "
                    + HomeState.SEQUENCE_TOLERANCE.toMinutes()
                    + " minutes ahead of the instance's clock");
    return ExitCodes.DONE;
  }
}
