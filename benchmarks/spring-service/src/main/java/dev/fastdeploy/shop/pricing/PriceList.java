package dev.fastdeploy.shop.pricing;

import dev.fastdeploy.shop.catalog.Book;
import org.springframework.stereotype.Component;

/** Prices before tax and discounts: by the page. */
@Component
class PriceList {

  private static final long CENTS_A_PAGE = 9;

  Price of(Book book) {
    return new Price(book.pages() * CENTS_A_PAGE);
  }
}
