package dev.fastdeploy.shop.operations;

import dev.fastdeploy.shop.stock.StockService;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells how much is sold out; that is no reason to be unhealthy. */
@Component
class StockHealth implements HealthIndicator {

  private final StockService stock;

  StockHealth(StockService stock) {
    this.stock = stock;
  }

  @Override
  public Health health() {
    return Health.up().withDetail("soldOut", stock.soldOut()).build();
  }
}
