package dev.fastdeploy.launcher.fleet.plan;

/**
 * The name that a source has for a member: an id of its own, or else the address.
 *
 * @param value not empty
 */
public record MemberId(String value) implements Comparable<MemberId> {

  /**
   * @throws IllegalArgumentException if {@code value} is empty
   */
  public MemberId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a member's id must not be empty");
    }
  }

  @Override
  public int compareTo(MemberId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
