package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;

/** Whether a service is started with the archive of classes that its release may have. */
public enum ArchiveUse {
  /** With one that fits; else without. */
  AUTO,
  /** Never. */
  OFF,
  /** A new release must start with one, or it has failed; one that ran before need not. */
  REQUIRE;

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException if it is none of them, with a message for the user
   */
  static ArchiveUse of(Settings settings) {
    String value = settings.required(Setting.ARCHIVE);
    return switch (value) {
      case "auto" -> AUTO;
      case "off" -> OFF;
      case "require" -> REQUIRE;
      default ->
          throw new IllegalArgumentException(
              Setting.ARCHIVE.option()
                  + " '"
                  + Text.shortened(value, 60)
                  + "' is neither auto, off nor require");
    };
  }
}
