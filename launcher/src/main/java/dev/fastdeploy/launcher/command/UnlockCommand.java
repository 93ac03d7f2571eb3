package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.record.Closing;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Unlocks an environment that a person has locked. */
@Command(name = "unlock", description = "Ends the lock of an environment, whoever holds it.")
final class UnlockCommand extends RecordCommand {

  UnlockCommand(CommandContext context) {
    super(context);
  }

  @Override
  int call(Environment environment, EnvironmentRecord record) throws IOException {
    Epoch newest = record.newest().filter(Epoch::isOpen).orElse(null);
    if (newest == null) {
      context().out().println("the environment " + environment + " is not held");
      return ExitCodes.DONE;
    }
    if (!newest.beginning().isLock()) {
      throw new CommandException(
          "the environment "
              + environment
              + " is held by "
              + newest.beginning().holder()
              + ", which is not a lock; end it with 'fastdeploy abort'",
          ExitCodes.HELD);
    }
    String by = Initiator.of(context());
    record.unlock(newest.number(), by, Closing.How.UNLOCKED, context().clock().instant(), "");
    context()
        .out()
        .println(
            "the environment "
                + environment
                + " is free: "
                + newest.beginning().holder()
                + " has ended");
    return ExitCodes.DONE;
  }
}
