package dev.fastdeploy.shop.pricing;

import dev.fastdeploy.shop.customers.Customer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** For who has bought for years. */
@Component
@Order(2)
class LoyaltyDiscount implements Discount {

  @Override
  public int percent(Customer customer, int copies) {
    return Math.min(10, customer.years());
  }
}
