package dev.fastdeploy.benchmarks.slow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The kinds of clients. */
public enum SlowClient {
  /** A request whose answer begins after three seconds. */
  ANSWER_LATE(500, 4, download("/parts/1/3000")),
  /** The same by HTTP/2 without TLS, four a second from before the drain into it. */
  HTTP2_LATE(500, 4, SlowClient::http2Late),
  /**
   * An HTTP/2 stream whose answer begins after five seconds, and one that is answered meanwhile.
   */
  HTTP2_MIXED(500, 4, SlowClient::http2Mixed),
  /** A download of three seconds, a part every tenth of one. */
  DOWNLOAD_SHORT(500, 4, download("/parts/30/100")),
  /** A download of half a minute. */
  DOWNLOAD_LONG(500, 4, download("/parts/300/100")),
  /** A download that pauses for two seconds between its parts. */
  DOWNLOAD_PAUSING(500, 4, download("/parts/3/2000")),
  /** An upload of three seconds. */
  UPLOAD_SHORT(500, 4, upload(30)),
  /** An upload of half a minute. */
  UPLOAD_LONG(500, 4, upload(300)),
  /** An HTTP/1.1 connection on which one request follows the other. */
  KEPT_IN_USE(500, 4, kept(Connection::plain)),
  /** Server-sent events: one every half second, for ever. */
  EVENTS(500, 4, download("/parts/100000/500")),
  /** A connection that has had its answer. */
  IDLE(1_500, 4, idle(Connection::plain)),
  /** Events that come every five seconds. */
  EVENTS_RARE(500, 4, download("/parts/100000/5000")),
  /** As {@link #KEPT_IN_USE}, with TLS. */
  TLS_IN_USE(500, 4, kept(Connection::secure)),
  /** A WebSocket with a message and its echo five times a second. */
  WEBSOCKET(500, 4, webSocket(true)),
  /** As {@link #IDLE}, with TLS. */
  TLS_IDLE(1_500, 4, idle(Connection::secure)),
  /** A WebSocket on which nothing is said. */
  WEBSOCKET_SILENT(1_500, 4, webSocket(false)),
  /** HTTP/2 without TLS: a download of three seconds and meanwhile requests on the connection. */
  HTTP2(500, 4, SlowClient::http2),
  /** The JDK's client, with HTTP/2 and TLS: requests that follow each other. */
  HTTP2_TLS(500, 4, SlowClient::jdk),
  /** gRPC: calls that follow each other on a channel. */
  GRPC_IN_USE(500, 4, GrpcClients::inUse),
  /** gRPC: a call whose answer begins after three seconds. */
  GRPC_LATE(500, 4, GrpcClients.download("/parts/1/3000")),
  /** A call whose answer begins after five seconds, and one on its channel before it. */
  GRPC_LATE_AFTER_ONE(500, 4, GrpcClients::lateAfterOne),
  /** gRPC: a server's stream of three seconds, a message every tenth of one. */
  GRPC_DOWNLOAD(500, 4, GrpcClients.download("/parts/30/100")),
  /** gRPC: a client's stream of three seconds. */
  GRPC_UPLOAD(500, 4, GrpcClients::upload),
  /** gRPC: a server's stream for ever, a message every half second. */
  GRPC_EVENTS(500, 4, GrpcClients.download("/parts/100000/500")),
  /** gRPC: a stream in both directions, a message and its echo five times a second, for ever. */
  GRPC_CHAT(500, 4, GrpcClients::chat),
  /** gRPC: a channel that is idle for five seconds and then used, one each quarter of a second. */
  GRPC_IDLE_5(5_000, 49, GrpcClients::idle),
  /** Connections of a pool, idle for five seconds and then used, one each quarter of a second. */
  POOLED_5(5_000, 49, SlowClient::pooled),
  /** As {@link #POOLED_5}, idle for fifteen seconds. */
  POOLED_15(15_000, 49, SlowClient::pooled),
  /** As {@link #POOLED_5}, idle for thirty seconds. */
  POOLED_30(30_000, 49, SlowClient::pooled);

  private static final int PAUSE_MILLIS = 50;
  private static final int PART_MILLIS = 100;
  private static final int ECHO_MILLIS = 200;
  private static final int USES_MILLIS = 250;
  private static final int PART = 100;
  private static final int LATE = 12;

  private final int leadMillis;
  private final int count;

  @SuppressWarnings("ImmutableEnumChecker") // It keeps nothing between two runs.
  private final Course.Client course;

  SlowClient(int leadMillis, int count, Course.Client course) {
    this.leadMillis = leadMillis;
    this.count = count;
    this.course = course;
  }

  /** Returns the name in parameters and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the kind with a {@link #label}.
   *
   * @throws IllegalArgumentException if there is none, with a message for the user
   */
  public static SlowClient labelled(String label) {
    for (SlowClient client : values()) {
      if (client.label().equals(label)) {
        return client;
      }
    }
    throw new IllegalArgumentException("client '" + label + "' is unknown; see --help");
  }

  /** Returns how long before the drain it begins. */
  public long leadMillis() {
    return leadMillis;
  }

  /** Returns whether a service on a server can have such clients here. */
  public boolean fits(String service) {
    return switch (this) {
      case WEBSOCKET, WEBSOCKET_SILENT -> service.equals("tomcat");
      case HTTP2_TLS -> service.equals("tomcat") || service.equals("undertow");
      case HTTP2, HTTP2_LATE, HTTP2_MIXED, TLS_IN_USE, TLS_IDLE ->
          !service.startsWith("netty") && !service.equals("grpc");
      case GRPC_IN_USE,
          GRPC_LATE,
          GRPC_LATE_AFTER_ONE,
          GRPC_DOWNLOAD,
          GRPC_UPLOAD,
          GRPC_EVENTS,
          GRPC_CHAT,
          GRPC_IDLE_5 ->
          service.equals("grpc");
      default -> !service.equals("grpc");
    };
  }

  int count() {
    return count;
  }

  /** Returns when a pool gives out a connection, counted from the drain on. */
  long useMillis(int number) {
    return (long) number * USES_MILLIS;
  }

  Course.Client course() {
    return course;
  }

  private static Course.Client download(String path) {
    return (course, use) ->
        course.noted(
            () -> {
              try (Connection connection = Connection.plain(course.site())) {
                connection.send("GET", path);
                connection.answered();
                return Ending.ANSWERED;
              }
            });
  }

  private static Course.Client upload(int parts) {
    return (course, use) ->
        course.noted(
            () -> {
              try (Connection connection = Connection.plain(course.site())) {
                connection.send("POST", "/work", "Content-Length: " + parts * PART);
                for (int part = 0; part < parts; part++) {
                  connection.send(new byte[PART]);
                  TimeUnit.MILLISECONDS.sleep(PART_MILLIS);
                }
                connection.answered();
                return Ending.ANSWERED;
              }
            });
  }

  private static Course.Client kept(Kept.Opener opener) {
    return (course, use) -> {
      while (!course.isOver()) {
        try (Kept kept = new Kept(course.site(), opener)) {
          boolean more = true;
          while (more && !course.isOver()) {
            more = course.noted(kept::ask) == Ending.ANSWERED;
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
          }
        }
      }
    };
  }

  private static Course.Client idle(Kept.Opener opener) {
    return (course, use) ->
        course.noted(
            () -> {
              try (Kept kept = new Kept(course.site(), opener)) {
                kept.ask();
                return kept.awaitEnd();
              }
            });
  }

  /** Looks before it asks, as pools do, and takes a new connection for one that has ended. */
  private static void pooled(Course course, long useNanos)
      throws IOException, InterruptedException {
    try (Kept kept = new Kept(course.site(), Connection::plain)) {
      kept.ask();
      Course.awaitTime(useNanos);
      course.noted(
          () -> {
            if (!kept.hasEnded()) {
              kept.ask();
              return Ending.ANSWERED;
            }
            try (Kept another = new Kept(course.site(), Connection::plain)) {
              another.ask();
              return Ending.TOLD;
            }
          });
    }
  }

  private static Course.Client webSocket(boolean talks) {
    return (course, use) ->
        course.noted(
            () -> {
              try (WebSocketConnection connection = new WebSocketConnection(course.site())) {
                while (true) {
                  if (talks) {
                    connection.send("message");
                  }
                  if (!connection.receives()) {
                    return Ending.TOLD;
                  }
                  TimeUnit.MILLISECONDS.sleep(ECHO_MILLIS);
                }
              }
            });
  }

  private static void http2(Course course, long use) throws IOException, InterruptedException {
    try (Http2Connection connection = new Http2Connection(course.site())) {
      int download = connection.get("/parts/30/100");
      Ending last = Ending.ANSWERED;
      while (last == Ending.ANSWERED && !connection.isGoingAway()) {
        last = course.noted(() -> answered(connection, connection.get("/work")));
        TimeUnit.MILLISECONDS.sleep(PART_MILLIS);
      }
      course.noted(() -> answered(connection, download));
    }
  }

  private static void http2Late(Course course, long use) throws IOException, InterruptedException {
    try (Http2Connection connection = new Http2Connection(course.site())) {
      List<Integer> streams = new ArrayList<>();
      for (int request = 0; request < LATE && !connection.isGoingAway(); request++) {
        streams.add(connection.get("/parts/1/3000"));
        TimeUnit.MILLISECONDS.sleep(USES_MILLIS);
      }
      for (int stream : streams) {
        course.noted(() -> answered(connection, stream));
      }
    }
  }

  private static void http2Mixed(Course course, long use) throws IOException, InterruptedException {
    try (Http2Connection connection = new Http2Connection(course.site())) {
      int late = connection.get("/parts/1/5000");
      course.noted(() -> answered(connection, connection.get("/work")));
      course.noted(() -> answered(connection, late));
    }
  }

  private static Ending answered(Http2Connection connection, int stream) throws IOException {
    return connection.answered(stream) ? Ending.ANSWERED : Ending.TOLD;
  }

  private static void jdk(Course course, long use) throws InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(course.site().trust())
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("https://localhost:" + course.site().secondPort() + "/work"))
            .timeout(Duration.ofMillis(Connection.PATIENCE_MILLIS))
            .build();
    while (!course.isOver()) {
      course.noted(
          () -> {
            HttpResponse<String> response =
                client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.US_ASCII));
            if (response.version() != HttpClient.Version.HTTP_2) {
              throw new IOException("answered by " + response.version());
            }
            return response.statusCode() == 200 ? Ending.ANSWERED : Ending.OTHER;
          });
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
