package dev.fastdeploy.launcher.supervisor.output;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Text;

/** The form in which the lines of the service and of the launcher come out. */
public enum LogFormat {
  /** The service's bytes as they come. */
  TEXT,
  /** Each line as a JSON object, on a line of its own. */
  JSON;

  /**
   * Parses the setting.
   *
   * @throws IllegalArgumentException if it is not a format, with a message for the user
   */
  public static LogFormat parse(String value) {
    return switch (value) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new IllegalArgumentException(
              Setting.LOG_FORMAT.option()
                  + " '"
                  + Text.shortened(value, 60)
                  + "' is neither text nor json");
    };
  }
}
