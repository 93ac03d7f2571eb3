package dev.fastdeploy.shop.stock;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The stock over HTTP. */
@RestController
class StockController {

  private final StockService stock;

  StockController(StockService stock) {
    this.stock = stock;
  }

  @GetMapping("/books/{number}/copies")
  int copies(@PathVariable("number") int number) {
    return stock.copies(number);
  }
}
