package dev.fastdeploy.shop.orders;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Numbers orders. Thread-safe. */
@Component
class OrderNumbers {

  private final AtomicLong last = new AtomicLong();

  long next() {
    return last.incrementAndGet();
  }
}
