package dev.fastdeploy.shop.operations;

import dev.fastdeploy.shop.stock.StockService;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** The shop's figures among the application's. */
@Component
class ShopFigures implements MeterBinder {

  private final StockService stock;
  private final RequestCount requests;

  ShopFigures(StockService stock, RequestCount requests) {
    this.stock = stock;
    this.requests = requests;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("shop.soldout", stock, StockService::soldOut).register(registry);
    FunctionCounter.builder("shop.requests", requests, RequestCount::requests).register(registry);
  }
}
