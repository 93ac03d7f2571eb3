package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reaction when the service ends by itself with a code other than 0.
 *
 * @param most the number of restarts in a row; 0 for never
 */
public record RestartPolicy(int most) {

  private static final Pattern ON_FAILURE = Pattern.compile("on-failure(?::([1-9]\\d{0,8}))?");

  /** The platform handles the crash. */
  public static final RestartPolicy NEVER = new RestartPolicy(0);

  /**
   * Parses the setting: {@code never}, {@code on-failure} or {@code on-failure:N}.
   *
   * @throws IllegalArgumentException if it is none of them, with a message for the user
   */
  public static RestartPolicy parse(String value) {
    if (value.equals("never")) {
      return NEVER;
    }
    Matcher matcher = ON_FAILURE.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          Setting.RESTART.option()
              + " '"
              + Text.shortened(value, 60)
              + "' is not understood; write never, on-failure or on-failure:N with N from 1");
    }
    return new RestartPolicy(
        matcher.group(1) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(1)));
  }

  /** Returns true if there is no limit. */
  public boolean endless() {
    return most == Integer.MAX_VALUE;
  }
}
