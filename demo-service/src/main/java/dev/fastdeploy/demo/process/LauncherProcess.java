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
 * {@link #close} kills the launcher and everything that it started.
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

  /** Returns a builder of a launcher that runs on a JDK, from a fastdeploy.jar. */
  public static Builder on(Jdk jdk, Path fastdeployJar) {
    return new Builder(jdk, fastdeployJar);
  }

  /** Returns the launcher's pid. */
  public long pid() {
    return process.pid();
  }

  /** Returns what launcher and service have printed. */
  public Output output() {
    return process.output();
  }

  /** Returns true if the launcher lives. */
  public boolean alive() {
    return process.alive();
  }

  /** Returns the service, and whatever else was started below the launcher. */
  public List<ProcessHandle> descendants() {
    return process.descendants();
  }

  /**
   * Waits for the launcher's end.
   *
   * @return its exit code, 128+n if a signal ended it; empty if it lives on
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

    /** Adds a flag of the launcher's own JVM. */
    public Builder jvmFlag(String flag) {
      jvmFlags.add(flag);
      return this;
    }

    /** Adds an option of {@code run}, such as {@code --home}. */
    public Builder option(String name, Object value) {
      options.add(name);
      options.add(value.toString());
      return this;
    }

    /** Adds an option without a value, such as {@code --no-agent}. */
    public Builder flag(String name) {
      options.add(name);
      return this;
    }

    /** Sets a variable of the launcher's environment; an empty value removes it. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /**
     * Sets a program that gets the launcher's whole command line after its own arguments and
     * becomes the launcher, such as a shell that redirects the output: then there is none here.
     */
    public Builder through(String... program) {
      through = List.of(program);
      return this;
    }

    /** Sets the directory in which the launcher runs. */
    public Builder directory(Path where) {
      directory = where;
      return this;
    }

    /** Sets the service's command. */
    public Builder command(List<String> words) {
      command = List.copyOf(words);
      return this;
    }

    /** Sets the service's command: a program on the same JDK. */
    public Builder javaCommand(String... arguments) {
      List<String> words = new ArrayList<>();
      words.add(jdk.java().toString());
      words.addAll(List.of(arguments));
      return command(words);
    }

    /** Starts the launcher. */
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
