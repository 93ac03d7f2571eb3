package dev.fastdeploy.shop.pricing;

import dev.fastdeploy.shop.customers.Customer;

/** A reason to ask for less. */
interface Discount {

  /** How many hundredths of the price are taken off, 0 to 30. */
  int percent(Customer customer, int copies);
}
