package dev.fastdeploy.shop.customers;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Customers over HTTP. */
@RestController
class CustomerController {

  private final CustomerService customers;

  CustomerController(CustomerService customers) {
    this.customers = customers;
  }

  @GetMapping("/customers/{number}")
  Customer customer(@PathVariable("number") int number) {
    return customers.customer(number);
  }
}
