package dev.fastdeploy.demo.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The command as a pipeline uses it: {@code java -jar fastdeploy.jar deploy …}. Immutable.
 *
 * @param jdk the JDK that runs it
 * @param jvmFlags the flags of the command's own JVM
 * @param fastdeployJar the product
 * @param environment additions to this process's own environment
 */
public record FastdeployCommand(
    Jdk jdk, List<String> jvmFlags, Path fastdeployJar, Map<String, String> environment) {

  /** Flags for a JVM that ends before good compilation would pay off. */
  public static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  public FastdeployCommand {
    jvmFlags = List.copyOf(jvmFlags);
    environment = Map.copyOf(environment);
  }

  /** Creates the command with the JVM's default flags. */
  public FastdeployCommand(Jdk jdk, Path fastdeployJar, Map<String, String> environment) {
    this(jdk, List.of(), fastdeployJar, environment);
  }

  /** Starts the command and returns at once. */
  public ChildProcess start(List<String> arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(jdk.java().toString());
    words.addAll(jvmFlags);
    words.addAll(List.of("-jar", fastdeployJar.toString()));
    words.addAll(arguments);
    return ChildProcess.start(words, environment, null);
  }

  /**
   * Runs the command to its end.
   *
   * @throws IOException if it does not end in time; it is then killed
   */
  public CommandResult run(List<String> arguments, Duration timeout)
      throws IOException, InterruptedException {
    long startMillis = System.currentTimeMillis();
    try (ChildProcess process = start(arguments)) {
      OptionalInt exitCode = process.waitFor(timeout);
      if (exitCode.isEmpty()) {
        throw new IOException(
            "fastdeploy "
                + String.join(" ", arguments)
                + " has not ended after "
                + timeout.toSeconds()
                + " s; it said: "
                + String.join(" | ", process.output().last(5)));
      }
      return new CommandResult(
          exitCode.getAsInt(),
          startMillis,
          System.currentTimeMillis(),
          process.output().stdout(),
          process.output().stderr());
    }
  }
}
