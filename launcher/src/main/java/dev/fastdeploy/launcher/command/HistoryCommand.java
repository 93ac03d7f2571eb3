package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what was deployed to an environment. */
@Command(
    name = "history",
    description = "Lists the deploys and locks of an environment, newest first.")
final class HistoryCommand extends RecordCommand {

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "how many to list (default: ${DEFAULT-VALUE})")
  private int last = 20;

  HistoryCommand(CommandContext context) {
    super(context);
  }

  @Override
  int call(Environment environment, EnvironmentRecord record) throws IOException {
    if (last < 1) {
      throw new IllegalArgumentException(
          "--last '" + last + "' would show nothing; write 1 or more");
    }
    boolean none = true;
    for (Epoch epoch : record.history(last)) {
      context().out().println(EpochLine.of(epoch));
      none = false;
    }
    if (none) {
      context().out().println("nothing has been deployed to " + environment + " yet");
    }
    return ExitCodes.DONE;
  }
}
