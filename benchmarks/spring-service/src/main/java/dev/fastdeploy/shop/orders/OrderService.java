package dev.fastdeploy.shop.orders;

import dev.fastdeploy.shop.catalog.Book;
import dev.fastdeploy.shop.customers.Customer;
import dev.fastdeploy.shop.pricing.PricingService;
import dev.fastdeploy.shop.stock.StockService;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Accepts orders. Thread-safe. */
@Service
public class OrderService {

  private final StockService stock;
  private final PricingService pricing;
  private final OrderNumbers numbers;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  OrderService(
      StockService stock,
      PricingService pricing,
      OrderNumbers numbers,
      ApplicationEventPublisher events,
      Clock clock) {
    this.stock = stock;
    this.pricing = pricing;
    this.numbers = numbers;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Orders some copies.
   *
   * @throws SoldOutException if there are not that many
   */
  public Order order(Book book, Customer customer, int copies) {
    if (!stock.take(book.number(), copies)) {
      throw new SoldOutException(book, copies);
    }
    Order order =
        new Order(
            numbers.next(),
            book.number(),
            customer.number(),
            copies,
            pricing.price(book, customer, copies),
            clock.instant());
    events.publishEvent(new OrderPlaced(order));
    return order;
  }
}
