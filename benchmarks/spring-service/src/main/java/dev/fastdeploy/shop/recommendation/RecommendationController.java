package dev.fastdeploy.shop.recommendation;

import dev.fastdeploy.shop.catalog.Book;
import dev.fastdeploy.shop.catalog.CatalogService;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Recommendations over HTTP. */
@RestController
class RecommendationController {

  private final RecommendationService recommendations;
  private final CatalogService catalog;

  RecommendationController(RecommendationService recommendations, CatalogService catalog) {
    this.recommendations = recommendations;
    this.catalog = catalog;
  }

  @GetMapping("/books/{number}/recommendations")
  List<Book> with(@PathVariable("number") int number) {
    return recommendations.with(catalog.book(number));
  }
}
