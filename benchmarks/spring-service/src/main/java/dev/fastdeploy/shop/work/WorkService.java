package dev.fastdeploy.shop.work;

import dev.fastdeploy.shop.catalog.Book;
import dev.fastdeploy.shop.catalog.CatalogService;
import dev.fastdeploy.shop.customers.CustomerService;
import dev.fastdeploy.shop.orders.Order;
import dev.fastdeploy.shop.orders.OrderService;
import dev.fastdeploy.shop.recommendation.RecommendationService;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Service;

/** One visit to the shop. Thread-safe. */
@Service
class WorkService {

  private final CatalogService catalog;
  private final CustomerService customers;
  private final OrderService orders;
  private final RecommendationService recommendations;
  private final ParcelLabels labels;
  private final AtomicInteger visits = new AtomicInteger();

  WorkService(
      CatalogService catalog,
      CustomerService customers,
      OrderService orders,
      RecommendationService recommendations,
      ParcelLabels labels) {
    this.catalog = catalog;
    this.customers = customers;
    this.orders = orders;
    this.recommendations = recommendations;
    this.labels = labels;
  }

  /** Looks a book up, buys it and asks for another. */
  String visit() {
    int visit = visits.getAndIncrement();
    Book book = catalog.book(visit);
    Order order = orders.order(book, customers.customer(visit), 1 + visit % 3);
    String label = labels.print(order).join();
    return label + ", then " + recommendations.with(book).get(0).title();
  }
}
