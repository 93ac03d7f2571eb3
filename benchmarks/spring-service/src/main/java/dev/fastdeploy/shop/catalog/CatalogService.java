package dev.fastdeploy.shop.catalog;

import java.util.List;
import org.springframework.stereotype.Service;

/** Finds books. Thread-safe. */
@Service
public class CatalogService {

  private final BookRepository books;
  private final SubjectIndex index;

  CatalogService(BookRepository books, SubjectIndex index) {
    this.books = books;
    this.index = index;
  }

  /** The book of a number; numbers past the last begin again. */
  public Book book(int number) {
    return books.all().get(Math.floorMod(number, books.all().size()));
  }

  /** All books about a subject. */
  public List<Book> about(String subject) {
    return index.about(subject);
  }
}
