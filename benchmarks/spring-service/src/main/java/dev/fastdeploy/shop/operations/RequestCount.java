package dev.fastdeploy.shop.operations;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Counts the requests that reached a controller. Thread-safe. */
@Component
class RequestCount implements HandlerInterceptor {

  private final LongAdder requests = new LongAdder();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    requests.increment();
    return true;
  }

  long requests() {
    return requests.sum();
  }
}
