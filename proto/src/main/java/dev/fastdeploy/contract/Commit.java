package dev.fastdeploy.contract;

import java.util.regex.Pattern;

/**
 * The name of one release, usually a commit hash: {@code [0-9A-Za-z][0-9A-Za-z._-]{0,127}}. It
 * becomes a directory's name and part of an object's key, so nothing else is allowed.
 *
 * @param id the name itself
 */
public record Commit(String id) implements Comparable<Commit> {

  private static final Pattern VALID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,127}");

  /**
   * @throws IllegalArgumentException if {@code id} is not a valid name, with a message for the user
   */
  public Commit {
    if (!VALID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Text.shortened(id, 140)
              + "' is not a commit: use 1 to 128 letters, digits, '.', '_' or '-', the first a letter"
              + " or a digit");
    }
  }

  @Override
  public int compareTo(Commit other) {
    return id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return id;
  }
}
