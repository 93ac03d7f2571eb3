package dev.fastdeploy.shop.customers;

import org.springframework.stereotype.Service;

/** Knows the customers. Thread-safe. */
@Service
public class CustomerService {

  private final CustomerRepository customers;

  CustomerService(CustomerRepository customers) {
    this.customers = customers;
  }

  /** The customer of a number; a thousand are told apart. */
  public Customer customer(int number) {
    return customers.of(number);
  }
}
