package dev.fastdeploy.shop.recommendation;

import dev.fastdeploy.shop.orders.OrderPlaced;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** How often each book was bought. Thread-safe. */
@Component
class SalesHistory {

  private final Map<Integer, LongAdder> sold = new ConcurrentHashMap<>();

  @EventListener
  void placed(OrderPlaced event) {
    sold.computeIfAbsent(event.order().book(), key -> new LongAdder()).add(event.order().copies());
  }

  long sold(int book) {
    LongAdder count = sold.get(book);
    return count == null ? 0 : count.sum();
  }
}
