package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command {@code current}: prints which release a container without a launcher starts, as lines
 * that a shell evaluates. The release is chosen as a launcher does at its start: a new image wins,
 * then the release proven last; a release that was never proven is given up.
 */
public final class CurrentRelease {

  private static final String USAGE =
      """
      Usage: lines=$(java -jar fastdeploy.jar current --home DIR --release DIR --commit ID) || exit 1
             eval "$lines"
      Goes to the release that a container without a launcher starts, and exports what the agent
      needs to know of it. The options are those of run.
      """;

  private CurrentRelease() {}

  /**
   * Prints the lines.
   *
   * @param arguments the arguments after {@code current}
   * @return the exit code
   * @throws IllegalArgumentException if the arguments are wrong, with a message for the user
   * @throws IOException if the image's release is missing
   */
  public static int print(List<String> arguments) throws IOException {
    if (arguments.equals(List.of("--help"))) {
      System.out.print(USAGE);
      return 0;
    }
    lines(arguments, System.getenv()).forEach(System.out::println);
    return 0;
  }

  static List<String> lines(List<String> arguments, Map<String, String> environment)
      throws IOException {
    if (arguments.contains("--")) {
      throw new IllegalArgumentException(
          "current starts nothing; omit '--' and the command, and start it yourself");
    }
    List<String> words = new ArrayList<>(arguments);
    words.addAll(List.of("--", "a command"));
    RunOptions options = RunOptions.parse(words, System.getProperties(), environment);
    options
        .follow()
        .ifPresent(
            follow ->
                Diagnostics.say(
                    "current follows no environment; the container starts what it has itself, and"
                        + " not what '"
                        + follow.environment()
                        + "' runs"));
    Home home = new Home(options.home());
    Release release;
    try (Releases releases =
        Releases.open(home, options.image().commit(), options.image().release())) {
      release = releases.atStart();
    }
    return List.of(
        export(ProcessContract.HOME, home.given().toString()),
        export(ProcessContract.COMMIT, release.commit().id()),
        export(ProcessContract.RELEASE, release.directory().toString()),
        "cd " + quoted(release.directory().toString()));
  }

  private static String export(String name, String value) {
    return "export " + name + "=" + quoted(value);
  }

  /** Quotes for a POSIX shell: between single quotes, only a single quote is special. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
