package dev.fastdeploy.shop.catalog;

import dev.fastdeploy.shop.ShopProperties;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Repository;

/** The books, made up at the start. */
@Repository
class BookRepository {

  private static final List<String> SUBJECTS = List.of("history", "novels", "maths", "travel");

  private final List<Book> books;

  BookRepository(ShopProperties properties) {
    books = IntStream.range(0, properties.books()).mapToObj(BookRepository::book).toList();
  }

  private static Book book(int number) {
    String subject = SUBJECTS.get(number % SUBJECTS.size());
    return new Book(number, "On " + subject + ", part " + number, subject, 80 + number * 7 % 400);
  }

  List<Book> all() {
    return books;
  }
}
