package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Text;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A number of members, or a part of the fleet. Counts in whole numbers, so that rounding never lets
 * one more or one fewer in.
 *
 * @param amount the number, or hundredths of a percent
 * @param ofFleet whether it is a part of the fleet
 */
public record Share(int amount, boolean ofFleet) {

  private static final int WHOLE = 10_000;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern PERCENT = Pattern.compile("\\d{1,3}(\\.\\d{1,2})?%");

  /** The whole fleet. */
  public static final Share ALL = new Share(WHOLE, true);

  /** No member. */
  public static final Share NONE = new Share(0, false);

  /**
   * @throws IllegalArgumentException if {@code amount} is negative, or more than the whole fleet
   */
  public Share {
    if (amount < 0 || (ofFleet && amount > WHOLE)) {
      throw new IllegalArgumentException(
          "'" + amount + "' is not a share; give a number, or a percentage from 0% to 100%");
    }
  }

  /** Returns a number of members as a share. */
  public static Share number(int members) {
    return new Share(members, false);
  }

  /** Returns a percentage of the fleet as a share. */
  public static Share percent(int percent) {
    return new Share(percent * 100, true);
  }

  /**
   * Reads a share as a user writes it, such as {@code 3}, {@code 5%} or {@code 0.5%}.
   *
   * @throws IllegalArgumentException if it is not a share, with a message for the user
   */
  public static Share parse(String text) {
    if (NUMBER.matcher(text).matches()) {
      return number(Integer.parseInt(text));
    }
    if (PERCENT.matcher(text).matches()) {
      BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
      if (percent.compareTo(BigDecimal.valueOf(100)) <= 0) {
        return new Share(percent.movePointRight(2).intValueExact(), true);
      }
    }
    throw new IllegalArgumentException(
        "'"
            + Text.shortened(text, 60)
            + "' is not a share; give a number such as 3, or a percentage such as 5%");
  }

  /** Returns the share of a fleet, rounded down: parts of a member do not count. */
  int atMost(int fleet) {
    return ofFleet ? (int) ((long) amount * fleet / WHOLE) : amount;
  }

  /** Returns the share of a fleet, rounded up: a part of a member counts as a whole one. */
  int atLeast(int fleet) {
    return ofFleet ? (int) (((long) amount * fleet + WHOLE - 1) / WHOLE) : amount;
  }

  @Override
  public String toString() {
    return ofFleet
        ? BigDecimal.valueOf(amount, 2).stripTrailingZeros().toPlainString() + "%"
        : Integer.toString(amount);
  }
}
