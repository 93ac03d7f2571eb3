package dev.fastdeploy.shop.operations;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has each answer tell the process that made it. */
@Component
class ProcessFilter extends OncePerRequestFilter {

  private final String pid = Long.toString(ProcessHandle.current().pid());

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("Service-Process", pid);
    chain.doFilter(request, response);
  }
}
