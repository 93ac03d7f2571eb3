package dev.fastdeploy.e2e.subject;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/**
 * A service that does what its release's {@code subject.properties} says: takes its time to start
 * or waits for a file before it does, prints lines, and has a shutdown hook that takes its time,
 * hangs or halts. Uses the JDK alone, so that its class file is the whole release.
 */
public final class Subject {

  private Subject() {}

  public static void main(String[] arguments) throws IOException {
    Properties behaviour = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of("subject.properties"))) {
      behaviour.load(reader);
    }
    String commit = behaviour.getProperty("commit");
    addHook(behaviour.getProperty("hook", "none"));
    sleep(Long.parseLong(behaviour.getProperty("start", "0")));
    if (behaviour.containsKey("until")) {
      awaitFile(Path.of(behaviour.getProperty("until")));
    }
    int port = Integer.parseInt(System.getenv("PORT"));
    if (List.of(behaviour.getProperty("dies", "").split(",")).contains("" + port)) {
      throw new IllegalStateException("this release does not run on port " + port);
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = commit.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    complain(commit, Integer.parseInt(behaviour.getProperty("complaints", "0")));
    print(commit, Integer.parseInt(behaviour.getProperty("lines", "0")));
    System.out.println("subject " + commit + " serves");
  }

  private static void awaitFile(Path file) {
    while (!Files.exists(file)) {
      sleep(50);
    }
  }

  private static void print(String commit, int lines) {
    for (int i = 0; i < lines; i++) {
      System.out.println(commit + " out " + i);
      if (i % 10 == 0) {
        System.err.println(commit + " err " + i / 10);
      }
    }
  }

  /** On a thread of its own: the service itself does not wait for a reader of its log. */
  private static void complain(String commit, int lines) {
    Thread thread =
        new Thread(
            () -> {
              for (int i = 0; i < lines; i++) {
                System.err.println(commit + " complains " + i);
              }
            },
            "subject-complaints");
    thread.setDaemon(true);
    thread.start();
  }

  private static void addHook(String kind) {
    switch (kind) {
      case "hang" -> hook(Subject::hang);
      case "slow" -> hook(() -> sleep(600));
      case "halt" -> hook(() -> Runtime.getRuntime().halt(9));
      case "print" -> hook(() -> System.out.print("the last words have no line end"));
      case "devour" -> hook(Subject::devour);
      default -> {}
    }
  }

  private static void hook(Runnable task) {
    Runtime.getRuntime().addShutdownHook(new Thread(task, "subject-hook"));
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  private static void hang() {
    System.out.println("the hook hangs");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes all memory, for the kernel to kill it where there is a limit. */
  private static void devour() {
    System.out.println("the hook takes all memory");
    byte[][] taken = new byte[1024][];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = new byte[16 << 20];
    }
    System.out.println(taken.length + " blocks were not too much");
  }
}
