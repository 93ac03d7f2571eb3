package dev.fastdeploy.demo;

import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FastdeployCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a pipeline, or an operator, does: it calls the command. */
final class Pipeline {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final FastdeployCommand command;
  private final List<String> storeOptions;
  private final Path tokenFile;

  /**
   * @param storeOptions where releases are published
   * @param tokenFile what instances ask to be shown
   */
  Pipeline(FastdeployCommand command, List<String> storeOptions, Path tokenFile) {
    this.command = command;
    this.storeOptions = List.copyOf(storeOptions);
    this.tokenFile = tokenFile;
  }

  /**
   * Puts a release into the store.
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

  /** Deploys a commit to all instances at a time; how that ends is the caller's to judge. */
  CommandResult deploy(String commit, List<Instance> instances)
      throws IOException, InterruptedException {
    return toAll(List.of("deploy", commit), instances);
  }

  /** Returns all instances to the proven release before the running one. */
  CommandResult rollback(List<Instance> instances) throws IOException, InterruptedException {
    return toAll(List.of("rollback"), instances);
  }

  private CommandResult toAll(List<String> what, List<Instance> instances)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(what);
    words.addAll(fleetOptions(instances));
    words.addAll(List.of("--max-unavailable", Integer.toString(instances.size())));
    return command.run(words, TIMEOUT);
  }

  /** Why instances would refuse a deploy now, by target; empty for those that would not. */
  Map<String, String> refusals(List<Instance> instances) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("status"));
    words.addAll(fleetOptions(instances));
    return Outcomes.refusals(command.run(words, TIMEOUT).stdout());
  }

  private List<String> fleetOptions(List<Instance> instances) {
    List<String> words = new ArrayList<>();
    for (Instance instance : instances) {
      words.addAll(List.of("--target", instance.target()));
    }
    words.addAll(List.of("--control-token-file", tokenFile.toString(), "--json"));
    return words;
  }
}
