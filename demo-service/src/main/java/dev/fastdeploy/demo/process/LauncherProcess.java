package dev.fastdeploy.demo.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A launcher with its service: {@code java -jar fastdeploy.jar run … -- command}. Thread-safe;
 * {@link #close} kills the launcher and all that it started.
 */
public final class LauncherProcess implements AutoCloseable {

  /** The flags that {@code fastdeploy-entrypoint.sh} gives the launcher's own JVM. */
  public static final List<String> SMALL_JVM =
      List.of(
          "-Xmx8m",
          "-Xmn1m",
          "-XX:+UseSerialGC",
          "-Xss256k",
          "-XX:TieredStopAtLevel=1",
          "-XX:CompileThresholdScaling=10",
          "-XX:ReservedCodeCacheSize=4m",
          "-XX:-UsePerfData",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0");

  private final ChildProcess process;

  private LauncherProcess(ChildProcess process) {
    this.process = process;
  }

  /** A launcher that is to run on a JDK, from a fastdeploy.jar. */
  public static Builder on(Jdk jdk, Path fastdeployJar) {
    return new Builder(jdk, fastdeployJar);
  }

  /** The launcher's id. */
  public long pid() {
    return process.pid();
  }

  /** What launcher and service have printed. */
  public Output output() {
    return process.output();
  }

  /** Whether the launcher lives. */
  public boolean alive() {
    return process.alive();
  }

  /** The service, and whatever else was started below the launcher. */
  public List<ProcessHandle> descendants() {
    return process.descendants();
  }

  /**
   * Waits for the launcher's end.
   *
   * @return its exit code, 128+n if a signal ended it; nothing if it lives on
   */
  public OptionalInt waitFor(Duration timeout) throws InterruptedException {
    return process.waitFor(timeout);
  }

  /**
   * Sends the launcher a signal.
   *
   * @throws IOException if it has ended
   */
  public void signal(Signal signal) throws IOException, InterruptedException {
    process.signal(signal);
  }

  @Override
  public void close() {
    process.close();
  }

  /** Collects what a launcher is started with. Not thread-safe. */
  public static final class Builder {

    private final Jdk jdk;
    private final Path fastdeployJar;
    private final List<String> jvmFlags = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private List<String> through = List.of();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private List<String> command = List.of();
    private @Nullable Path directory;

    private Builder(Jdk jdk, Path fastdeployJar) {
      this.jdk = jdk;
      this.fastdeployJar = fastdeployJar;
    }

    /** A flag of the launcher's own JVM. */
    public Builder jvmFlag(String flag) {
      jvmFlags.add(flag);
      return this;
    }

    /** An option of {@code run}, such as {@code --home}. */
    public Builder option(String name, Object value) {
      options.add(name);
      options.add(value.toString());
      return this;
    }

    /** An option without a value, such as {@code --no-agent}. */
    public Builder flag(String name) {
      options.add(name);
      return this;
    }

    /** A variable of the launcher's environment; an empty value takes it away. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /**
     * A program that gets the launcher's whole command line behind its own arguments and becomes
     * it, such as a shell that leads the output elsewhere: then there is none here.
     */
    public Builder through(String... program) {
      through = List.of(program);
      return this;
    }

    /** Where the launcher runs. */
    public Builder directory(Path where) {
      directory = where;
      return this;
    }

    /** The service's command. */
    public Builder command(List<String> words) {
      command = List.copyOf(words);
      return this;
    }

    /** The service's command: a program on the same JDK. */
    public Builder javaCommand(String... arguments) {
      List<String> words = new ArrayList<>();
      words.add(jdk.java().toString());
      words.addAll(List.of(arguments));
      return command(words);
    }

    /** Starts it. */
    public LauncherProcess start() throws IOException {
      List<String> words = new ArrayList<>(through);
      words.add(jdk.java().toString());
      words.addAll(jvmFlags);
      words.addAll(List.of("-jar", fastdeployJar.toString(), "run"));
      words.addAll(options);
      words.add("--");
      words.addAll(command);
      return new LauncherProcess(ChildProcess.start(words, environment, directory));
    }
  }
}
