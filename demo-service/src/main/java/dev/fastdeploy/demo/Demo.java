package dev.fastdeploy.demo;

import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The program of demo.jar. Its exit code is 0 only if everything was as it must be. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Deploys a small service to a fleet of instances on this machine, under steady traffic: a"
          + " commit by a canary, back, and one that is broken on purpose and ends at the canary.",
      "Ends by itself, leaves no process or file, and exits 0 only if no request was refused or cut"
          + " and each instance ran what it should."
    },
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "java -jar demo.jar [--instances N] [--java HOME] [--json FILE]",
      "       java -jar demo.jar release COMMIT DIRECTORY"
    },
    subcommands = ReleaseCommand.class)
public final class Demo implements Callable<Integer> {

  private static final int OK = 0;
  private static final int NOT_AS_IT_MUST_BE = 1;
  private static final int USAGE = 2;

  @Option(
      names = "--instances",
      defaultValue = "3",
      paramLabel = "N",
      description = "how many instances, 1 to 20 (${DEFAULT-VALUE})")
  private int instances;

  @Option(
      names = "--java",
      paramLabel = "HOME",
      description = "the JDK that runs the instances (the one that runs this)")
  private @Nullable Path java;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "write the figures there, as one JSON object")
  private @Nullable Path json;

  private Demo() {}

  /** Runs the demo and ends the JVM. */
  public static void main(String[] arguments) {
    CommandLine commandLine = new CommandLine(new Demo());
    commandLine
        .getCommandSpec()
        .addOption(OptionSpec.builder("--help").usageHelp(true).description("show this").build());
    commandLine.setExecutionExceptionHandler((failure, unused, result) -> failed(failure));
    System.exit(commandLine.execute(arguments));
  }

  private static int failed(Exception failure) {
    String message = failure.getMessage();
    System.err.println("demo: " + (message == null ? failure.toString() : message));
    return failure instanceof IllegalArgumentException ? USAGE : NOT_AS_IT_MUST_BE;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (instances < 1 || instances > 20) {
      throw new IllegalArgumentException("--instances '" + instances + "' must be 1 to 20");
    }
    checkWritable(json);
    Jdk jdk = java == null ? Jdk.running() : Jdk.at(java);
    Figures figures = run(jdk, BuildOutput.own());
    new TextReport(System.out).print(figures);
    if (json != null) {
      Files.writeString(json, JsonFigures.of(figures) + "\n");
    }
    return figures.problems().isEmpty() ? OK : NOT_AS_IT_MUST_BE;
  }

  /** Checks before the demo, which would otherwise be useless. */
  private static void checkWritable(@Nullable Path file) {
    Path directory = file == null ? null : file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "--json '" + file + "' lies in no directory that exists; create it first");
    }
  }

  private Figures run(Jdk jdk, BuildOutput built) throws IOException, InterruptedException {
    Playground playground = Playground.create();
    Thread cleaner = new Thread(playground::close, "demo-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
    try (playground) {
      return play(playground, jdk, built);
    }
  }

  private Figures play(Playground playground, Jdk jdk, BuildOutput built)
      throws IOException, InterruptedException {
    try {
      return new Story(playground, jdk, built, instances, System.out).play();
    } catch (IOException | RuntimeException failure) {
      if (playground.closed()) {
        // A failure now comes from the demo being taken away.
        throw new IllegalStateException("stopped before its end", failure);
      }
      playground.lastLines().forEach(System.err::println);
      throw failure;
    }
  }
}
