package dev.fastdeploy.shop.pricing;

/**
 * An amount of money.
 *
 * @param cents whole ones
 */
public record Price(long cents) {

  /** The sum of two. */
  public Price plus(Price other) {
    return new Price(cents + other.cents);
  }

  /** Some hundredths of it, rounded down. */
  public Price percent(int hundredths) {
    return new Price(cents * hundredths / 100);
  }
}
