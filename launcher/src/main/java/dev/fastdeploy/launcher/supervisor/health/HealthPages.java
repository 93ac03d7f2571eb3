package dev.fastdeploy.launcher.supervisor.health;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Makes the response to each request. Pure except for the snapshot that it asks for. */
final class HealthPages {

  private static final String OK = "200 OK";
  private static final String UNAVAILABLE = "503 Service Unavailable";

  private final Supplier<HealthSnapshot> snapshots;

  HealthPages(Supplier<HealthSnapshot> snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * Returns the response as it is sent.
   *
   * @param requestLine the first line of a request
   */
  byte[] answer(String requestLine) {
    String[] words = requestLine.split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/")) {
      return malformed();
    }
    boolean head = words[0].equals("HEAD");
    if (!head && !words[0].equals("GET")) {
      return HealthAnswer.line("405 Method Not Allowed", "ask with GET or HEAD").bytes(true);
    }
    return page(words[1].split("\\?", 2)[0]).bytes(!head);
  }

  /** Returns the response to something that is not a request, or too long for one. */
  byte[] malformed() {
    return HealthAnswer.line("400 Bad Request", "this is not an HTTP request").bytes(true);
  }

  /** Returns the response to a request whose answer could not be made. */
  static byte[] broken() {
    return "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        .getBytes(StandardCharsets.US_ASCII);
  }

  private HealthAnswer page(String path) {
    HealthSnapshot now = snapshots.get();
    return switch (path) {
      case "/live" -> verdict(now.live(), now.state().label(), now.deadBecause());
      case "/ready" -> verdict(now.ready(), "ready", now.unreadyBecause());
      case "/metrics" -> new HealthAnswer(OK, Exposition.CONTENT_TYPE, MetricsPage.of(now));
      default -> HealthAnswer.line("404 Not Found", "the paths are /live, /ready and /metrics");
    };
  }

  private static HealthAnswer verdict(boolean good, String words, String because) {
    return good ? HealthAnswer.line(OK, words) : HealthAnswer.line(UNAVAILABLE, because);
  }
}
