package dev.fastdeploy.shop.orders;

import dev.fastdeploy.shop.catalog.Book;

/** There are not as many copies as were ordered. */
public class SoldOutException extends RuntimeException {

  private static final long serialVersionUID = 1;

  SoldOutException(Book book, int copies) {
    super("there are no " + copies + " copies of '" + book.title() + "'; order fewer");
  }
}
