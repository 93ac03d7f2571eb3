package dev.fastdeploy.shop.catalog;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue over HTTP. */
@RestController
class CatalogController {

  private final CatalogService catalog;

  CatalogController(CatalogService catalog) {
    this.catalog = catalog;
  }

  @GetMapping("/books/{number}")
  Book book(@PathVariable("number") int number) {
    return catalog.book(number);
  }

  @GetMapping("/books")
  List<Book> about(@RequestParam("subject") String subject) {
    return catalog.about(subject);
  }
}
