package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.release.store.SharedObjects;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;

/**
 * Which fleet of which application a command is for, and the store that has its record.
 *
 * @param app the application
 * @param name of the environment
 * @param store where releases and the record lie
 */
record Environment(String app, String name, StoreLocation store) {

  /**
   * As the settings name it.
   *
   * @throws IllegalArgumentException if a setting is missing or wrong, with a message for the user
   */
  static Environment of(Settings settings) {
    String name =
        EnvironmentName.of(settings)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no environment is given; name the fleet's with "
                            + Setting.ENV.option()
                            + ", such as prod"))
            .name();
    return new Environment(settings.required(Setting.APP), name, StoreLocation.of(settings));
  }

  /** Its record, to be closed; nothing is read yet. */
  EnvironmentRecord record() throws IOException {
    return new EnvironmentRecord(SharedObjects.open(store), app, name);
  }

  /** For messages. */
  @Override
  public String toString() {
    return "'" + name + "' of '" + app + "'";
  }

  /** That somebody else holds it, or had it since. */
  CommandException held(Epoch by) {
    if (!by.isOpen()) {
      return new CommandException(
          by.beginning().holder()
              + " came after it in the environment "
              + this
              + ": it cannot go on; deploy again under another id",
          ExitCodes.HELD);
    }
    return new CommandException(
        "the environment "
            + this
            + " is held by "
            + by.beginning().holder()
            + "; wait for it with --lock-wait, or end it with "
            + (by.beginning().isLock() ? "'fastdeploy unlock'" : "'fastdeploy abort'"),
        ExitCodes.HELD);
  }
}
