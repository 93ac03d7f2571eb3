package dev.fastdeploy.shop.work;

import dev.fastdeploy.shop.orders.Order;
import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/** Prints labels beside the request, on the executor's threads. */
@Component
class ParcelLabels {

  @Async
  CompletableFuture<String> print(Order order) {
    return CompletableFuture.completedFuture(
        "order " + order.number() + " for customer " + order.customer());
  }
}
