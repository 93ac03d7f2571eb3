package dev.fastdeploy.contract;

import java.util.regex.Pattern;

/**
 * The name of one deploy on one or many instances, chosen by the client: {@code
 * [0-9A-Za-z][0-9A-Za-z._-]{0,63}}. The outcome of a deploy is looked up by it.
 *
 * @param id the name itself
 */
public record DeployId(String id) {

  private static final Pattern VALID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,63}");

  /**
   * @throws IllegalArgumentException if {@code id} is not a valid name, with a message for the user
   */
  public DeployId {
    if (!VALID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Text.shortened(id, 80)
              + "' is not a deploy id: use 1 to 64 letters, digits, '.', '_' or '-', the first a"
              + " letter or a digit");
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
