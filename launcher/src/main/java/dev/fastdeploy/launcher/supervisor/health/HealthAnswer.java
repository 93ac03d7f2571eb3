package dev.fastdeploy.launcher.supervisor.health;

import java.nio.charset.StandardCharsets;

/**
 * A response to an HTTP request.
 *
 * @param status the code with its words, {@code 200 OK}
 */
record HealthAnswer(String status, String contentType, String body) {

  private static final String TEXT = "text/plain; charset=utf-8";

  /** Returns one line for people: platforms look only at the status. */
  static HealthAnswer line(String status, String line) {
    return new HealthAnswer(status, TEXT, line + "\n");
  }

  /**
   * Returns the response as it is sent; the connection is closed after it.
   *
   * @param withBody false for HEAD, which gets only the body's length
   */
  byte[] bytes(boolean withBody) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + length
            + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
    return (withBody ? head + body : head).getBytes(StandardCharsets.UTF_8);
  }
}
