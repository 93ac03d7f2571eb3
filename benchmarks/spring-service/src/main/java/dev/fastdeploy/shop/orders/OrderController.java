package dev.fastdeploy.shop.orders;

import dev.fastdeploy.shop.catalog.CatalogService;
import dev.fastdeploy.shop.customers.CustomerService;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders over HTTP. */
@RestController
class OrderController {

  private final OrderService orders;
  private final OrderJournal journal;
  private final CatalogService catalog;
  private final CustomerService customers;

  OrderController(
      OrderService orders,
      OrderJournal journal,
      CatalogService catalog,
      CustomerService customers) {
    this.orders = orders;
    this.journal = journal;
    this.catalog = catalog;
    this.customers = customers;
  }

  @PostMapping("/orders")
  Order order(
      @RequestParam("book") int book,
      @RequestParam("customer") int customer,
      @RequestParam(name = "copies", defaultValue = "1") int copies) {
    return orders.order(catalog.book(book), customers.customer(customer), copies);
  }

  @GetMapping("/orders")
  List<Order> last() {
    return journal.last(20);
  }
}
