package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import java.io.IOException;
import java.util.List;

/**
 * A command that needs only the record of an environment, and so runs on any machine that reaches
 * the store.
 */
abstract class RecordCommand extends Subcommand {

  RecordCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<Setting> reads() {
    return RECORD;
  }

  @Override
  List<String> needs() {
    return RECORD_OPTIONS;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Environment environment = Environment.of(settings());
    try (EnvironmentRecord record = environment.record()) {
      return call(environment, record);
    } finally {
      context().out().flush();
    }
  }

  /** Does it and returns the exit code. */
  abstract int call(Environment environment, EnvironmentRecord record)
      throws IOException, InterruptedException;
}
