package dev.fastdeploy.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fastdeploy.demo.process.LauncherProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers the requests of an S3 client that reads, from the files of a directory store, with what a
 * real server does not do on request. Signatures are not looked at.
 */
final class UnreliableS3 implements AutoCloseable {

  /** How it answers. */
  enum Mood {
    /** As it should. */
    WELL,
    /** At a pace that takes its time and brings everything. */
    SLOWLY,
    /** With a byte now and then. */
    TRICKLING,
    /** With half of the archive, then with nothing more. */
    STALLING,
    /** With half of the archive, then the connection breaks. */
    TRUNCATING,
    /** That it has too much to do. */
    OVERLOADED,
    /** That it has too much to do, to the first two requests of a kind. */
    OVERLOADED_AT_FIRST,
    /** Not at all. */
    HANGING
  }

  static final String BUCKET = "releases";

  private final Path store;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile Mood mood = Mood.WELL;

  /**
   * @param store a directory store
   */
  UnreliableS3(Path store) throws IOException {
    this.store = store;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/" + BUCKET + "/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Has an instance fetch from it. */
  void use(LauncherProcess.Builder instance) {
    instance
        .option("--store", "s3://" + BUCKET)
        .option("--store-endpoint", endpoint())
        .option("--store-region", "eu-central-1")
        .option("--store-path-style", "true")
        .environment("AWS_ACCESS_KEY_ID", "any")
        .environment("AWS_SECRET_ACCESS_KEY", "any")
        .environment("AWS_SESSION_TOKEN", "")
        .environment("AWS_PROFILE", "");
  }

  /** From now on it answers so. */
  void be(Mood next) {
    refusals.set(0);
    mood = next;
  }

  /** How often it said that it has too much to do. */
  int refusals() {
    return refusals.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Mood now = mood;
    try (exchange) {
      if (now == Mood.HANGING) {
        sleep(Long.MAX_VALUE);
      } else if (now == Mood.OVERLOADED
          || (now == Mood.OVERLOADED_AT_FIRST && refusals.get() < 2)) {
        refusals.incrementAndGet();
        refuse(exchange);
      } else {
        send(exchange, now);
      }
    }
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    byte[] body = "<Error><Code>SlowDown</Code></Error>".getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(503, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  private void send(HttpExchange exchange, Mood now) throws IOException {
    String key = exchange.getRequestURI().getPath().substring(BUCKET.length() + 2);
    Path file = store.resolve(key);
    if (!Files.isRegularFile(file)) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    byte[] content = Files.readAllBytes(file);
    exchange.getResponseHeaders().set("ETag", "\"tag\"");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from =
        range == null
            ? 0
            : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
    boolean archive = !key.endsWith(".sha256");
    write(
        exchange.getResponseBody(),
        Arrays.copyOfRange(content, from, content.length),
        archive ? now : Mood.WELL);
  }

  private void write(OutputStream out, byte[] content, Mood now) throws IOException {
    switch (now) {
      case SLOWLY -> inPieces(out, content, 8 * 1024, 200);
      case TRICKLING -> inPieces(out, content, 1, 100);
      case STALLING -> {
        out.write(content, 0, content.length / 2);
        out.flush();
        sleep(Long.MAX_VALUE);
      }
      case TRUNCATING -> {
        out.write(content, 0, content.length / 2);
        out.flush();
        throw new IOException("broken on purpose");
      }
      default -> out.write(content);
    }
  }

  private void inPieces(OutputStream out, byte[] content, int piece, long millis)
      throws IOException {
    for (int at = 0; at < content.length; at += piece) {
      out.write(content, at, Math.min(piece, content.length - at));
      out.flush();
      sleep(millis);
    }
  }

  private void sleep(long millis) throws IOException {
    try {
      if (closed.await(millis, TimeUnit.MILLISECONDS)) {
        throw new IOException("the test is over");
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
