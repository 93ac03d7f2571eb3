package dev.fastdeploy.shop.operations;

import dev.fastdeploy.shop.orders.SoldOutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers where the shop cannot do what was asked. */
@RestControllerAdvice
class ErrorAnswers {

  @ExceptionHandler(SoldOutException.class)
  ProblemDetail soldOut(SoldOutException soldOut) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.CONFLICT, String.valueOf(soldOut.getMessage()));
  }
}
