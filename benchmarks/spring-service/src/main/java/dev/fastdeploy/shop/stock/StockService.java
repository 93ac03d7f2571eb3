package dev.fastdeploy.shop.stock;

import org.springframework.stereotype.Service;

/** Takes books from the shelf. Thread-safe. */
@Service
public class StockService {

  private final StockLevels levels;

  StockService(StockLevels levels) {
    this.levels = levels;
  }

  /** Takes some copies; false if there are not that many, and nothing is taken then. */
  public boolean take(int book, int copies) {
    if (levels.add(book, -copies) >= 0) {
      return true;
    }
    levels.add(book, copies);
    return false;
  }

  /** How many copies there are. */
  public int copies(int book) {
    return levels.of(book);
  }

  /** How many books are sold out. */
  public int soldOut() {
    int count = 0;
    for (int i = 0; i < levels.books(); i++) {
      count += levels.of(i) == 0 ? 1 : 0;
    }
    return count;
  }
}
