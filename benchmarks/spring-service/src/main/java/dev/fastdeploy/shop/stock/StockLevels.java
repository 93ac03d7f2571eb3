package dev.fastdeploy.shop.stock;

import dev.fastdeploy.shop.ShopProperties;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.springframework.stereotype.Repository;

/** The copies of each book. Thread-safe. */
@Repository
class StockLevels {

  private final AtomicIntegerArray copies;

  StockLevels(ShopProperties properties) {
    copies = new AtomicIntegerArray(properties.books());
    for (int i = 0; i < copies.length(); i++) {
      copies.set(i, properties.copies());
    }
  }

  int add(int book, int change) {
    return copies.addAndGet(book, change);
  }

  int of(int book) {
    return copies.get(book);
  }

  int books() {
    return copies.length();
  }
}
