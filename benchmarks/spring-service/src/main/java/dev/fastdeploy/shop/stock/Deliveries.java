package dev.fastdeploy.shop.stock;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings books at fixed times. */
@Component
class Deliveries {

  private static final int COPIES = 100;

  private final StockLevels levels;

  Deliveries(StockLevels levels) {
    this.levels = levels;
  }

  @Scheduled(fixedRateString = "${shop.restock:PT5S}")
  void deliver() {
    for (int i = 0; i < levels.books(); i++) {
      levels.add(i, COPIES);
    }
  }
}
