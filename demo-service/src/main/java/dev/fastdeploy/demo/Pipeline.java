package dev.fastdeploy.demo;

import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FastdeployCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The calls of the command that a pipeline, or an operator, makes. */
final class Pipeline {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final FastdeployCommand command;
  private final List<String> storeOptions;
  private final String environment;
  private final Path fleetFile;
  private final Path tokenFile;

  /**
   * @param storeOptions where releases are published and the fleet's record is kept
   * @param environment the fleet's environment
   * @param fleetFile the file that names the instances
   * @param tokenFile the file of the token that instances require
   */
  Pipeline(
      FastdeployCommand command,
      List<String> storeOptions,
      String environment,
      Path fleetFile,
      Path tokenFile) {
    this.command = command;
    this.storeOptions = List.copyOf(storeOptions);
    this.environment = environment;
    this.fleetFile = fleetFile;
    this.tokenFile = tokenFile;
  }

  /**
   * Publishes a release to the store.
   *
   * @throws IOException if the command fails, with what it said
   */
  void publish(String commit, Path release) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(List.of("publish", release.toString(), "--commit", commit));
    words.addAll(storeOptions);
    CommandResult result = command.run(words, TIMEOUT);
    if (result.exitCode() != 0) {
      throw new IOException(
          "publish of " + commit + " failed: " + String.join(" | ", result.stderr()));
    }
  }

  /**
   * Deploys a commit to one instance, and if it is proven there to all others at once; the caller
   * judges how that ends.
   */
  CommandResult deploy(String commit) throws IOException, InterruptedException {
    return onFleet("deploy", commit, "--canary", "1");
  }

  /** Takes the fleet back to the commit of the deploy before the last successful one. */
  CommandResult rollback() throws IOException, InterruptedException {
    return onFleet("rollback");
  }

  private CommandResult onFleet(String... what) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(what));
    words.addAll(fleetOptions());
    words.addAll(List.of("--env", environment, "--max-unavailable", "100%"));
    words.addAll(storeOptions);
    return command.run(words, TIMEOUT);
  }

  /** Returns each instance's own status, by the command's name for it. */
  Map<String, ToldStatus> status() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("status"));
    words.addAll(fleetOptions());
    return ToldStatus.read(command.run(words, TIMEOUT).stdout());
  }

  private List<String> fleetOptions() {
    return List.of(
        "--fleet", "file:" + fleetFile, "--control-token-file", tokenFile.toString(), "--json");
  }
}
