package dev.fastdeploy.shop.recommendation;

import dev.fastdeploy.shop.catalog.Book;
import dev.fastdeploy.shop.catalog.CatalogService;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Service;

/** Finds what sells best on the same shelf. Thread-safe. */
@Service
public class RecommendationService {

  private static final int MOST = 3;

  private final CatalogService catalog;
  private final SalesHistory sales;

  RecommendationService(CatalogService catalog, SalesHistory sales) {
    this.catalog = catalog;
    this.sales = sales;
  }

  /** The best sold other books about the same subject, the best first. */
  public List<Book> with(Book book) {
    return catalog.about(book.subject()).stream()
        .filter(other -> other.number() != book.number())
        // Once each: others buy meanwhile, and no sort goes through with numbers that change.
        .map(other -> new Sold(other, sales.sold(other.number())))
        .sorted(Comparator.comparingLong(Sold::copies).reversed())
        .limit(MOST)
        .map(Sold::book)
        .toList();
  }

  private record Sold(Book book, long copies) {}
}
