package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.training.CommandWords;
import dev.fastdeploy.launcher.training.Training;
import dev.fastdeploy.launcher.training.TrainingRequests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a release is started once before it is published. */
final class TrainingOptions {

  @Option(
      names = "--train",
      paramLabel = "COMMAND",
      description =
          "start the release once with this command, which instances run, and publish the class-data"
              + " archive that its JVM makes, so that they start faster")
  private @Nullable String command;

  @Option(
      names = "--train-requests",
      paramLabel = "FILE",
      description =
          "what the service is asked during the training: URLs, one a line, of which the first is"
              + " asked until it answers; or a script")
  private @Nullable Path requests;

  @Option(
      names = "--train-for",
      paramLabel = "DURATION",
      description = "how long the service runs without --train-requests (default: 20s)")
  private @Nullable String runs;

  @Option(
      names = "--train-timeout",
      paramLabel = "DURATION",
      description = "how long the training may take (default: 5m)")
  private @Nullable String longest;

  @Option(
      names = "--train-run",
      paramLabel = "OPTIONS",
      description = "options of run that the training needs, such as '--set-env PORT=8081'")
  private @Nullable String options;

  /** Returns true if a release is to be trained. */
  boolean wanted() {
    return command != null;
  }

  /**
   * Returns the training.
   *
   * @param fastdeploy {@code fastdeploy.jar}
   * @return empty if none is wanted
   * @throws IllegalArgumentException if an option is wrong, with a message for the user
   */
  Optional<Training> training(Path fastdeploy) throws IOException {
    if (command == null) {
      requireNothingElse();
      return Optional.empty();
    }
    if (requests != null && runs != null) {
      throw new IllegalArgumentException(
          "--train-for is for a training without --train-requests; give one of them");
    }
    Duration pause = Settings.parseDuration("--train-for", runs == null ? "20s" : runs);
    Duration atMost = Settings.parseDuration("--train-timeout", longest == null ? "5m" : longest);
    if (requests == null && pause.compareTo(atMost) >= 0) {
      throw new IllegalArgumentException(
          "--train-for is not below --train-timeout; no training would ever be over in time");
    }
    return Optional.of(
        new Training(
            fastdeploy,
            CommandWords.split(command),
            CommandWords.split(options == null ? "" : options),
            requests == null ? new TrainingRequests.Pause(pause) : TrainingRequests.of(requests),
            atMost));
  }

  private void requireNothingElse() {
    if (requests != null || runs != null || longest != null || options != null) {
      throw new IllegalArgumentException(
          "--train-requests, --train-for, --train-timeout and --train-run need --train 'COMMAND'");
    }
  }
}
