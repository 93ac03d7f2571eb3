package dev.fastdeploy.shop.orders;

import dev.fastdeploy.shop.pricing.Price;
import java.time.Instant;

/**
 * An order that was accepted.
 *
 * @param number rising
 * @param book what was bought
 * @param customer by whom
 * @param copies how many
 * @param price what they cost, tax included
 * @param at when
 */
public record Order(long number, int book, int customer, int copies, Price price, Instant at) {}
