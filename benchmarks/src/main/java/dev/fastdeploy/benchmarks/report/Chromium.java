package dev.fastdeploy.benchmarks.report;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium without a window, by its command line: one process a page, with a profile of its own
 * that is gone afterwards. It finds no host by name.
 *
 * @param executable the browser
 * @param flags in addition to those that keep it quiet
 */
record Chromium(Path executable, List<String> flags) {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final int DEADLINE_SECONDS = 60;

  private static final List<String> QUIET =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          // Even so it would ask its maker for the time and for updates.
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
          "--virtual-time-budget=5000");

  Chromium {
    flags = List.copyOf(flags);
  }

  /** The first that the search path has. */
  static Optional<Chromium> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(executable -> new Chromium(executable, List.of()));
  }

  /** The same with one more flag. */
  Chromium with(String flag) {
    List<String> more = new ArrayList<>(flags);
    more.add(flag);
    return new Chromium(executable, more);
  }

  /**
   * Opens a page and returns what its document has become, as HTML.
   *
   * @throws IOException if the browser fails or does not end in time
   */
  String dom(String address) throws IOException {
    return run(List.of("--dump-dom", address));
  }

  /**
   * Opens a page and keeps what it looks like, as PNG.
   *
   * @throws IOException if the browser fails or does not end in time
   */
  void screenshot(String address, Path picture, int width, int height) throws IOException {
    run(List.of("--screenshot=" + picture, "--window-size=" + width + "," + height, address));
  }

  private String run(List<String> arguments) throws IOException {
    Path profile = Files.createTempDirectory("fastdeploy-chromium");
    try {
      return run(profile, arguments);
    } finally {
      delete(profile);
    }
  }

  private String run(Path profile, List<String> arguments) throws IOException {
    Path output = profile.resolve("output");
    Path complaints = profile.resolve("complaints");
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(QUIET);
    command.add("--user-data-dir=" + profile.resolve("profile"));
    command.addAll(flags);
    command.addAll(arguments);
    Process browser =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(complaints.toFile())
            .start();
    await(browser, complaints);
    return Files.readString(output);
  }

  private void await(Process browser, Path complaints) throws IOException {
    try {
      if (!browser.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            executable + " did not end in " + DEADLINE_SECONDS + " s: " + lastLine(complaints));
      }
      if (browser.exitValue() != 0) {
        throw new IOException(
            executable + " ended with " + browser.exitValue() + ": " + lastLine(complaints));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + executable + " ran", e);
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
    }
  }

  private static String lastLine(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce("no output", (earlier, later) -> later);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
