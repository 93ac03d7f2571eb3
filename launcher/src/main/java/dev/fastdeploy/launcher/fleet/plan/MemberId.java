package dev.fastdeploy.launcher.fleet.plan;

/**
 * What a source calls a member: an id of its own, or the address where it has none.
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
