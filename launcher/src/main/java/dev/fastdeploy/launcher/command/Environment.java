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
 * The fleet of an application that a command is for, and the store with its record.
 *
 * @param app the application
 * @param name the environment's name
 * @param store holds the releases and the record
 */
record Environment(String app, String name, StoreLocation store) {

  /**
   * Returns the environment that the settings name.
   *
   * @throws IllegalArgumentException if a setting is missing or wrong, with a message for the user
   */
  static Environment of(Settings settings) {
    String name =
        EnvironmentName.of(settings)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no environment is given; name it with "
                            + Setting.ENV.option()
                            + ", as in "
                            + Setting.ENV.option()
                            + " prod"))
            .name();
    return new Environment(settings.required(Setting.APP), name, StoreLocation.of(settings));
  }

  /** Opens its record, which the caller closes. Nothing is read yet. */
  EnvironmentRecord record() throws IOException {
    return new EnvironmentRecord(SharedObjects.open(store), app, name);
  }

  /** Returns the text that messages use. */
  @Override
  public String toString() {
    return "'" + name + "' of '" + app + "'";
  }

  /** Returns the exception for an environment that somebody else holds, or has held since. */
  CommandException held(Epoch by) {
    if (!by.isOpen()) {
      return new CommandException(
          by.beginning().holder()
              + " has since taken the environment "
              + this
              + ", so this deploy cannot go on; deploy again under another id",
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
