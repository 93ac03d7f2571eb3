package dev.fastdeploy.shop.catalog;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The books by subject. */
@Component
class SubjectIndex {

  private final Map<String, List<Book>> bySubject;

  SubjectIndex(BookRepository books) {
    bySubject = books.all().stream().collect(Collectors.groupingBy(Book::subject));
  }

  List<Book> about(String subject) {
    return bySubject.getOrDefault(subject, List.of());
  }
}
