package dev.fastdeploy.shop.pricing;

import dev.fastdeploy.shop.catalog.Book;
import dev.fastdeploy.shop.customers.Customer;
import java.util.List;
import org.springframework.stereotype.Service;

/** What a customer pays. Thread-safe. */
@Service
public class PricingService {

  private final PriceList prices;
  private final TaxRules taxes;
  private final List<Discount> discounts;

  PricingService(PriceList prices, TaxRules taxes, List<Discount> discounts) {
    this.prices = prices;
    this.taxes = taxes;
    this.discounts = discounts;
  }

  /** The price of some copies of a book, tax included. */
  public Price price(Book book, Customer customer, int copies) {
    int off = discounts.stream().mapToInt(discount -> discount.percent(customer, copies)).sum();
    Price net = prices.of(book).percent(100 - off);
    return new Price(net.plus(taxes.on(net, book)).cents() * copies);
  }
}
