package dev.fastdeploy.e2e;

import dev.fastdeploy.demo.traffic.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks an instance's {@code /ready} and {@code /live} now and then, as a load balancer and a
 * platform do, and sends its service requests as long as the last answer was good. Beside that it
 * asks the service all the time, to know when that serves. Thread-safe.
 */
final class LoadBalancer implements AutoCloseable {

  private static final Duration CHECK_EVERY = Duration.ofMillis(200);
  private static final Duration REQUEST_EVERY = Duration.ofMillis(10);
  private static final int TIMEOUT_MILLIS = 5_000;

  /**
   * An answer at a time.
   *
   * @param nanos when it was asked for
   * @param status 0 if there was no answer
   */
  record Answer(long nanos, int status, String body) {

    boolean good() {
      return status == HttpURLConnection.HTTP_OK;
    }
  }

  private final int healthPort;
  private final int servicePort;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Answer> ready = new ArrayList<>();
  private final List<Answer> live = new ArrayList<>();
  private final List<Answer> sent = new ArrayList<>();
  private final List<Answer> served = new ArrayList<>();
  private volatile boolean sends;
  private volatile boolean ended;

  private LoadBalancer(int healthPort, int servicePort) {
    this.healthPort = healthPort;
    this.servicePort = servicePort;
  }

  static LoadBalancer start(int healthPort, int servicePort) {
    LoadBalancer balancer = new LoadBalancer(healthPort, servicePort);
    balancer.repeat("check", CHECK_EVERY, balancer::check);
    balancer.repeat("send", REQUEST_EVERY, balancer::send);
    balancer.repeat(
        "watch", REQUEST_EVERY, () -> record(balancer.served, servicePort, Traffic.QUICK));
    return balancer;
  }

  /** What {@code GET path} answers. */
  static Answer get(int port, String path) {
    long now = System.nanoTime();
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        return new Answer(now, status, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException notAnswered) {
      return new Answer(now, 0, notAnswered.toString());
    }
  }

  /** The answers of {@code /ready}, in order. */
  List<Answer> ready() {
    return copy(ready);
  }

  /** The answers of {@code /live}, in order. */
  List<Answer> live() {
    return copy(live);
  }

  /** The answers to requests that were sent because the instance was ready. */
  List<Answer> sent() {
    return copy(sent);
  }

  /** The answers to requests that were sent whether or not it was. */
  List<Answer> served() {
    return copy(served);
  }

  /** Sends nothing more. */
  @Override
  public void close() {
    ended = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException timeout) {
      Thread.currentThread().interrupt();
    }
  }

  private void check() {
    sends = record(ready, healthPort, "/ready").good();
    record(live, healthPort, "/live");
  }

  private void send() {
    if (sends) {
      record(sent, servicePort, Traffic.QUICK);
    }
  }

  private static Answer record(List<Answer> list, int port, String path) {
    Answer answer = get(port, path);
    synchronized (list) {
      list.add(answer);
    }
    return answer;
  }

  private static List<Answer> copy(List<Answer> list) {
    synchronized (list) {
      return List.copyOf(list);
    }
  }

  private void repeat(String name, Duration period, Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              while (!ended) {
                task.run();
                try {
                  Thread.sleep(period.toMillis());
                } catch (InterruptedException nobodyDoes) {
                  return;
                }
              }
            },
            "balancer-" + name);
    threads.add(thread);
    thread.start();
  }
}
