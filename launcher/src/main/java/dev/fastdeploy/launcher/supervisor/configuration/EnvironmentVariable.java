package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Text;
import java.nio.charset.Charset;
import java.util.regex.Pattern;

/**
 * A variable that a user gives the service. Its value may be a secret and appears in no message.
 *
 * @param value the text after the first {@code =}, as it was written
 */
public record EnvironmentVariable(String name, String value) {

  /**
   * Wider than a shell's, which has no dots and dashes: Spring reads properties from such names.
   */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  /**
   * Parses {@code NAME=VALUE}.
   *
   * @throws IllegalArgumentException if it is not one that a user may give, with the reason
   */
  static EnvironmentVariable parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("there is no '='; write NAME=VALUE");
    }
    String name = text.substring(0, equals);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Text.shortened(name, 60)
              + "' is not a variable name; write NAME=VALUE, without blanks around NAME");
    }
    if (name.startsWith(ProcessContract.VARIABLE_PREFIX)) {
      throw new IllegalArgumentException(
          "'"
              + Text.shortened(name, 60)
              + "' is between launcher and agent; omit it, and use the option of run");
    }
    return new EnvironmentVariable(name, passable(name, text.substring(equals + 1)));
  }

  /**
   * Refuses what the locale cannot express: Java would silently pass on a question mark instead.
   */
  private static String passable(String name, String value) {
    Charset ofTheLocale = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
    if (value.indexOf('\0') >= 0 || !ofTheLocale.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException(
          "the value of '"
              + Text.shortened(name, 60)
              + "' has characters that the launcher's locale cannot express ("
              + ofTheLocale
              + "); start the launcher with LC_ALL=C.UTF-8");
    }
    return value;
  }

  /** Returns the value for a service of a release, with its placeholders filled in. */
  public String expanded(Release release) {
    return value
        .replace("{commit}", release.commit().id())
        .replace("{release}", release.directory().toString());
  }
}
