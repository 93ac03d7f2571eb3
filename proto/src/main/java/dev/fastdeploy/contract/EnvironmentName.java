package dev.fastdeploy.contract;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an environment, such as {@code prod}: the instances of an application that are
 * deployed together, {@code [0-9A-Za-z][0-9A-Za-z._-]{0,127}}. It becomes part of an object's key.
 *
 * @param name the name itself
 */
public record EnvironmentName(String name) {

  private static final Pattern VALID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,127}");

  /**
   * @throws IllegalArgumentException if {@code name} is not a valid name, with a message for the
   *     user
   */
  public EnvironmentName {
    if (!VALID.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Text.shortened(name, 140)
              + "' is not an environment: use 1 to 128 letters, digits, '.', '_' or '-', the first a"
              + " letter or a digit");
    }
  }

  /**
   * Returns the configured environment; empty if none is configured.
   *
   * @throws IllegalArgumentException if it is not a valid name, with a message for the user
   */
  public static Optional<EnvironmentName> of(Settings settings) {
    try {
      return settings.text(Setting.ENV).map(EnvironmentName::new);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          Setting.ENV.option() + " " + malformed.getMessage(), malformed);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
