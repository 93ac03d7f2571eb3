package dev.fastdeploy.shop.orders;

/**
 * An order was accepted.
 *
 * @param order which
 */
public record OrderPlaced(Order order) {}
