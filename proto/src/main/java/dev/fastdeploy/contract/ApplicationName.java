package dev.fastdeploy.contract;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an application in the store, {@code [0-9A-Za-z][0-9A-Za-z._-]{0,127}}. It becomes
 * part of an object's key or a directory's name.
 *
 * @param name the name itself
 */
public record ApplicationName(String name) {

  private static final Pattern VALID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,127}");

  /**
   * @throws IllegalArgumentException if {@code name} is not a valid name, with a message for the
   *     user
   */
  public ApplicationName {
    if (!VALID.matcher(name).matches()) {
      throw new IllegalArgumentException(
          Setting.APP.option()
              + " '"
              + Text.shortened(name, 140)
              + "' is not the name of an application: use 1 to 128 letters, digits, '.', '_' or"
              + " '-', the first a letter or a digit");
    }
  }

  /**
   * Returns the configured application; empty if none is configured.
   *
   * @throws IllegalArgumentException if it is not a valid name, with a message for the user
   */
  public static Optional<ApplicationName> of(Settings settings) {
    return settings.text(Setting.APP).map(ApplicationName::new);
  }

  @Override
  public String toString() {
    return name;
  }
}
