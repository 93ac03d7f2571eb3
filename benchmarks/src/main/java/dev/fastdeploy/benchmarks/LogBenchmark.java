package dev.fastdeploy.benchmarks;

import dev.fastdeploy.benchmarks.supervision.LoggedBytes;
import dev.fastdeploy.benchmarks.way.Bench;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.LauncherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a service's output on its way through the launcher, by the kind of bytes: as text, as
 * JSON, and without a launcher. The service is {@code cat} of a file, so a time includes the start
 * of the launcher: {@code megabytes=0} shows how much that is.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(1)
public class LogBenchmark {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** The output. */
  @Param({"TEXT", "CRLF", "EMPTY_LINES", "PROGRESS", "NULS", "ONE_LINE", "NO_UTF8"})
  public LoggedBytes bytes = LoggedBytes.TEXT;

  /** The size in millions of bytes. */
  @Param("20")
  public int megabytes = 20;

  private @Nullable Workplace workplace;
  private @Nullable Bench bench;
  private Path printed = Path.of("");
  private Path read = Path.of("");

  /** Writes the output into a file. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    Workplace place = Workplace.open();
    workplace = place;
    bench = Bench.in(place);
    printed = place.folder().resolve("printed");
    read = place.folder().resolve("read");
    bytes.write(printed, megabytes * 1_000_000L);
  }

  /** With {@code --log-format json}. */
  @Benchmark
  public Path json() throws IOException, InterruptedException {
    return launched("json");
  }

  /** With {@code --log-format text}. */
  @Benchmark
  public Path text() throws IOException, InterruptedException {
    return launched("text");
  }

  /** {@code cat} alone. */
  @Benchmark
  public Path cat() throws IOException, InterruptedException {
    return redirected(service());
  }

  /** Returns the output, for tests. */
  Path printed() {
    return printed;
  }

  private List<String> service() {
    return List.of("cat", printed.toString());
  }

  private Path launched(String format) throws IOException, InterruptedException {
    Bench here = Objects.requireNonNull(bench, "write() comes first");
    Path folder = here.workplace().newFolder("launcher");
    List<String> words = new ArrayList<>();
    words.add(here.jdk().java().toString());
    words.addAll(LauncherProcess.SMALL_JVM);
    words.addAll(List.of("-jar", here.artifacts().fastdeployJar().toString(), "run"));
    words.addAll(List.of("--home", folder.resolve("home").toString(), "--commit", "image"));
    words.addAll(List.of("--release", Files.createDirectory(folder.resolve("release")).toString()));
    words.addAll(List.of("--no-agent", "--log-format", format, "--"));
    words.addAll(service());
    return redirected(words);
  }

  private Path redirected(List<String> command) throws IOException, InterruptedException {
    Workplace place = Objects.requireNonNull(workplace, "write() comes first");
    List<String> words =
        new ArrayList<>(List.of("sh", "-c", "exec \"$@\" > \"$0\"", read.toString()));
    words.addAll(command);
    try (ChildProcess process = ChildProcess.start(words, place.variables(), null)) {
      OptionalInt code = process.waitFor(TIMEOUT);
      if (code.isEmpty() || code.getAsInt() != 0) {
        throw new IOException(
            "the log did not come through: " + String.join(" | ", process.output().last(3)));
      }
    }
    return read;
  }

  /** Cleans up. */
  @TearDown(Level.Trial)
  public void clear() {
    if (workplace != null) {
      workplace.close();
      workplace = null;
    }
  }
}
