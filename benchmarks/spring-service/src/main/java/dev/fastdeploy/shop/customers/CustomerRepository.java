package dev.fastdeploy.shop.customers;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Repository;

/** The customers, written down at their first visit. Thread-safe. */
@Repository
class CustomerRepository {

  private static final int MOST = 1_000;

  private final Map<Integer, Customer> customers = new ConcurrentHashMap<>();

  Customer of(int number) {
    return customers.computeIfAbsent(
        Math.floorMod(number, MOST), key -> new Customer(key, "Customer " + key, key % 20));
  }
}
