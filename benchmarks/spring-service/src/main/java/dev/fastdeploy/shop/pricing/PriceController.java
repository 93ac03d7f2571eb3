package dev.fastdeploy.shop.pricing;

import dev.fastdeploy.shop.catalog.CatalogService;
import dev.fastdeploy.shop.customers.CustomerService;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Prices over HTTP. */
@RestController
class PriceController {

  private final PricingService pricing;
  private final CatalogService catalog;
  private final CustomerService customers;

  PriceController(PricingService pricing, CatalogService catalog, CustomerService customers) {
    this.pricing = pricing;
    this.catalog = catalog;
    this.customers = customers;
  }

  @GetMapping("/books/{number}/price")
  Price price(
      @PathVariable("number") int number,
      @RequestParam(name = "customer", defaultValue = "0") int customer,
      @RequestParam(name = "copies", defaultValue = "1") int copies) {
    return pricing.price(catalog.book(number), customers.customer(customer), copies);
  }
}
