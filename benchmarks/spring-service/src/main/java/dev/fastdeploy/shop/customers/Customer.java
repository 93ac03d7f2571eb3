package dev.fastdeploy.shop.customers;

/**
 * A customer.
 *
 * @param number from 0
 * @param name as written on parcels
 * @param years since the first purchase
 */
public record Customer(int number, String name, int years) {}
