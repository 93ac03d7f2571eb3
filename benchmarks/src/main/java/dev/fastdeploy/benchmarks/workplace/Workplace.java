package dev.fastdeploy.benchmarks.workplace;

import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.demo.process.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One temporary folder and the processes that work in it. Closing it takes all of that away, and so
 * does the end of the JVM. Thread-safe.
 */
public final class Workplace implements AutoCloseable {

  /** The folder in which workplaces are made, if not the system's for temporary files. */
  public static final String PARENT_PROPERTY = "fastdeploy.benchmarks.work";

  /** The variable by which another process finds what is started here. */
  public static final String MARK_PROPERTY = "fastdeploy.benchmarks.mark";

  private static final Duration KILL = Duration.ofSeconds(10);

  private final Path folder;
  private final ProcessMark own = new ProcessMark();
  private final @Nullable ProcessMark shared;
  private final AtomicInteger folders = new AtomicInteger();
  private final List<Runnable> first = new ArrayList<>();
  private final Thread hook = new Thread(this::clear, "workplace-hook");

  private Workplace(Path folder, @Nullable ProcessMark shared) {
    this.folder = folder;
    this.shared = shared;
  }

  /** Makes a workplace, where the system properties say. */
  public static Workplace open() throws IOException {
    String parent = System.getProperty(PARENT_PROPERTY);
    String mark = System.getProperty(MARK_PROPERTY);
    // Short, for sockets lie below it.
    Path folder =
        parent == null
            ? Files.createTempDirectory("fd-bench-")
            : Files.createTempDirectory(Path.of(parent), "w");
    Workplace workplace =
        new Workplace(folder.toRealPath(), mark == null ? null : new ProcessMark(mark));
    Runtime.getRuntime().addShutdownHook(workplace.hook);
    return workplace;
  }

  /** Returns the folder for files. */
  public Path folder() {
    return folder;
  }

  /** A new folder in it, whose name is short: the path of a socket has at most 107 bytes. */
  public Path newFolder(String prefix) throws IOException {
    return Files.createDirectory(folder.resolve(prefix + folders.incrementAndGet()));
  }

  /** Variables for every process that is started here, by which it is found again. */
  public Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    own.put(variables);
    if (shared != null) {
      shared.put(variables);
    }
    return variables;
  }

  /** The properties by which a JVM that is started here works below this folder. */
  public Map<String, String> properties() {
    return Map.of(PARENT_PROPERTY, folder.toString(), MARK_PROPERTY, own.variable());
  }

  /** Has something done before all is taken away, such as to end who would start more. */
  public synchronized void beforeClosing(Runnable action) {
    first.add(action);
  }

  @Override
  public void close() {
    clear();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook runs, or has run.
    }
  }

  private synchronized void clear() {
    first.forEach(Runnable::run);
    first.clear();
    try {
      if (!own.killAll(KILL)) {
        System.err.println("benchmarks: some processes cannot be killed: " + own.living());
      }
      DurableFiles.deleteTree(folder);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      System.err.println("benchmarks: " + folder + " cannot be deleted: " + failure.getMessage());
    }
  }
}
