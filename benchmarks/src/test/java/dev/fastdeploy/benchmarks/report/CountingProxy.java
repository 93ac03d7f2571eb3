package dev.fastdeploy.benchmarks.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** An HTTP proxy on a free loopback port that serves nothing and remembers what was asked for. */
final class CountingProxy implements AutoCloseable {

  private static final Pattern BROWSERS_OWN =
      Pattern.compile("^\\S+ (https?://)?[a-z0-9-]+\\.(google|googleapis)\\.com[:/]");

  /** A browser opens connections in advance, and may never use them. */
  private static final int SILENT_MILLIS = 1000;

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::listen, "counting-proxy");

  CountingProxy() throws IOException {
    thread.start();
  }

  /**
   * The first lines of all requests but those of the browser itself, which asks its maker for the
   * time and for updates whatever its flags say. No report names those hosts.
   */
  List<String> requests() {
    return requests.stream().filter(line -> !BROWSERS_OWN.matcher(line).find()).toList();
  }

  /** A browser that asks this proxy for everything, also for what lies on this machine. */
  Chromium before(Chromium browser) {
    return browser
        .with("--proxy-server=http://127.0.0.1:" + listener.getLocalPort())
        .with("--proxy-bypass-list=<-loopback>");
  }

  private void listen() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept();
          var lines =
              new BufferedReader(
                  new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))) {
        client.setSoTimeout(SILENT_MILLIS);
        requests.add(String.valueOf(lines.readLine()));
      } catch (IOException e) {
        // The browser went away, or the test is over.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
