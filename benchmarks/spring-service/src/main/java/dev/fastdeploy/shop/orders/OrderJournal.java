package dev.fastdeploy.shop.orders;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Remembers the last orders. Thread-safe. */
@Component
class OrderJournal {

  private static final int MOST = 500;

  private final Deque<Order> orders = new ArrayDeque<>();

  @EventListener
  synchronized void placed(OrderPlaced event) {
    orders.addFirst(event.order());
    if (orders.size() > MOST) {
      orders.removeLast();
    }
  }

  synchronized List<Order> last(int count) {
    return orders.stream().limit(count).toList();
  }
}
