package dev.fastdeploy.demo;

import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Output;
import dev.fastdeploy.demo.process.ProcessMark;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the demo makes on this machine: one temporary directory and the processes that
 * live in it. Closing it removes all of that; another thread may do so too, such as when the user
 * presses Ctrl-C. Thread-safe.
 */
final class Playground implements AutoCloseable {

  private static final int LAST_LINES = 15;

  private static final Duration KILL = Duration.ofSeconds(10);

  private final Path directory;
  private final ProcessMark mark = new ProcessMark();
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final Map<String, Output> outputs = new LinkedHashMap<>();
  private boolean closed;

  private Playground(Path directory) {
    this.directory = directory;
  }

  static Playground create() throws IOException {
    return new Playground(Files.createTempDirectory("fastdeploy-demo-").toRealPath());
  }

  /** Returns the directory in which files may be written. */
  Path directory() {
    return directory;
  }

  /**
   * Returns the variables for every process that is started, by which it is found again. Variables
   * that the user has set for fastdeploy, or for a store of their own, are removed: they are not
   * meant for the demo.
   */
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    System.getenv().keySet().stream()
        .filter(name -> name.startsWith("FASTDEPLOY_") || name.startsWith("AWS_"))
        .forEach(name -> variables.put(name, ""));
    mark.put(variables);
    return variables;
  }

  /** Returns how many of its processes live, including those that these started. */
  int living() {
    return mark.living().size();
  }

  /** Takes over a launcher that was started. */
  synchronized LauncherProcess keep(String name, LauncherProcess launcher) {
    outputs.put(name, launcher.output());
    return keep(launcher);
  }

  /** Takes over something else; the last one taken over is closed first. */
  synchronized <T extends AutoCloseable> T keep(T other) {
    if (closed) {
      closeQuietly(other);
      throw new IllegalStateException("the demo was told to stop");
    }
    toClose.push(other);
    return other;
  }

  /** Returns true if it has been closed, or is being closed. */
  synchronized boolean closed() {
    return closed;
  }

  /** Returns the last lines of each launcher, each with its name. */
  synchronized List<String> lastLines() {
    List<String> lines = new ArrayList<>();
    outputs.forEach(
        (name, output) ->
            output.last(LAST_LINES).forEach(line -> lines.add("[" + name + "] " + line)));
    return lines;
  }

  /** Kills every process that is left and deletes every file. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!toClose.isEmpty()) {
      closeQuietly(toClose.pop());
    }
    try {
      if (!mark.killAll(KILL)) {
        System.err.println("demo: some processes cannot be killed: " + mark.living());
      }
      delete();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      System.err.println("demo: " + directory + " cannot be deleted: " + failure.getMessage());
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception failure) {
      System.err.println("demo: " + failure.getMessage());
    }
  }

  private void delete() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
