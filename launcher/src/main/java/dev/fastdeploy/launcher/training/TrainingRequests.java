package dev.fastdeploy.launcher.training;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.program.ShellCommand;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a service is asked during its training: a list of URLs or a script. Classes that no request
 * needed are not in the archive, and are loaded from their jars as ever.
 */
public sealed interface TrainingRequests {

  /**
   * Makes the requests.
   *
   * @param service whether the service still runs
   * @param deadline the end of the training, by {@link System#nanoTime}
   * @return how many there were, in words
   * @throws IOException if the service did not answer, or the script failed, with a message for the
   *     user
   */
  String make(Liveness service, long deadline) throws IOException, InterruptedException;

  /**
   * Requires that nobody else answers these requests, before the service is started.
   *
   * @throws IOException if somebody does, with a message for the user
   */
  default void requireSilence() throws IOException {}

  /** Tells whether a service still runs. */
  interface Liveness {

    /**
     * Requires that it runs.
     *
     * @throws IOException if it has ended, with a message for the user
     */
    void require() throws IOException;
  }

  /**
   * Reads a file: a script if it is executable, otherwise one URL a line; empty lines and lines
   * that begin with {@code #} are left out.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a line is no URL, with a message for the user
   */
  static TrainingRequests of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "--train-requests '" + file + "' is not a file; name a list of URLs or a script");
    }
    if (Files.isExecutable(file)) {
      return new Script(file.toAbsolutePath());
    }
    List<URI> urls =
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(line -> url(file, line))
            .toList();
    if (urls.isEmpty()) {
      throw new IllegalArgumentException(
          "--train-requests '" + file + "' has no URL; write one on each line");
    }
    return new Urls(urls);
  }

  private static URI url(Path file, String line) {
    try {
      URI url = URI.create(line);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException malformed) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "--train-requests '"
            + file
            + "' has the line '"
            + Text.shortened(line, 100)
            + "', which is no URL; write one like http://127.0.0.1:8080/health, or make the file"
            + " executable if it is a script");
  }

  /**
   * Time in which nothing is requested.
   *
   * @param time how long the service runs
   */
  record Pause(Duration time) implements TrainingRequests {

    @Override
    public String make(Liveness service, long deadline) throws IOException, InterruptedException {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() - end < 0) {
        service.require();
        Thread.sleep(100);
      }
      return "no request in " + time.toSeconds() + " s";
    }
  }

  /**
   * URLs that are requested once each, in their order. The first is asked until the service answers
   * it with anything but a failure of its own.
   */
  record Urls(List<URI> urls) implements TrainingRequests {

    private static final int OWN_FAILURE = 500;
    private static final int PATIENCE_MILLIS = 30_000;

    public Urls {
      urls = List.copyOf(urls);
    }

    @Override
    public String make(Liveness service, long deadline) throws IOException, InterruptedException {
      untilAnswered(urls.get(0), service, deadline);
      for (URI url : urls.subList(1, urls.size())) {
        service.require();
        if (System.nanoTime() - deadline > 0) {
          throw new IOException(
              "the requests were not over in the time of the training (--train-timeout)");
        }
        int status = get(url);
        if (status >= OWN_FAILURE) {
          throw new IOException("the service answered " + url + " with " + status);
        }
      }
      return Text.counted(urls.size(), "request", "requests");
    }

    @Override
    public void requireSilence() throws IOException {
      URI first = urls.get(0);
      int port = first.getPort() < 0 ? first.toURL().getDefaultPort() : first.getPort();
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(first.getHost(), port), PATIENCE_MILLIS);
      } catch (IOException nobody) {
        return;
      }
      throw new IOException(
          "somebody listens at "
              + first
              + " before the training has started; stop it, or train on another port");
    }

    private static void untilAnswered(URI url, Liveness service, long deadline)
        throws IOException, InterruptedException {
      while (true) {
        String last;
        try {
          int status = get(url);
          if (status < OWN_FAILURE) {
            return;
          }
          last = "it answered with " + status;
        } catch (IOException notYet) {
          last = Diagnostics.reason(notYet);
        }
        service.require();
        if (System.nanoTime() - deadline > 0) {
          throw new IOException(
              "the service did not answer "
                  + url
                  + " in the time of the training (--train-timeout): "
                  + last);
        }
        Thread.sleep(100);
      }
    }

    private static int get(URI url) throws IOException {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      InputStream body =
          status < HttpURLConnection.HTTP_BAD_REQUEST
              ? connection.getInputStream()
              : connection.getErrorStream();
      if (body != null) {
        try (body) {
          body.readAllBytes();
        }
      }
      return status;
    }
  }

  /**
   * A program that waits for the service and makes the requests.
   *
   * @param file its absolute path
   */
  record Script(Path file) implements TrainingRequests {

    @Override
    public String make(Liveness service, long deadline) throws IOException, InterruptedException {
      Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      Optional<ShellCommand.Ran> ran =
          new ShellCommand("exec \"$FASTDEPLOY_SCRIPT\"")
              .run(Map.of("FASTDEPLOY_SCRIPT", file.toString()), "", left);
      service.require();
      if (ran.isEmpty()) {
        throw new IOException(
            "the script '" + file + "' was not over in the time of the training (--train-timeout)");
      }
      if (ran.get().status() != 0) {
        throw new IOException("the script '" + file + "' " + ran.get().told());
      }
      return "the script '" + file.getFileName() + "'";
    }
  }
}
