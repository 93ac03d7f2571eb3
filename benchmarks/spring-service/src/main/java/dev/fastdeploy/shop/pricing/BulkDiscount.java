package dev.fastdeploy.shop.pricing;

import dev.fastdeploy.shop.customers.Customer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** For many copies. */
@Component
@Order(1)
class BulkDiscount implements Discount {

  @Override
  public int percent(Customer customer, int copies) {
    return copies >= 10 ? 15 : copies >= 3 ? 5 : 0;
  }
}
