package dev.fastdeploy.shop.pricing;

import dev.fastdeploy.shop.catalog.Book;
import org.springframework.stereotype.Component;

/** The tax on books. */
@Component
class TaxRules {

  Price on(Price net, Book book) {
    return net.percent(book.subject().equals("maths") ? 0 : 7);
  }
}
