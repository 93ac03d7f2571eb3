package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.DeployConditions;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.StoreDirectory;
import dev.fastdeploy.contract.Text;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists what a deploy needs and the launcher was not given. The agent refuses a deploy without it,
 * perhaps weeks later; the person who starts the launcher learns it at once. Pure except for a look
 * at the store's directory.
 */
public final class DeployPreconditions {

  private DeployPreconditions() {}

  /**
   * Returns what is missing, each in one line with the remedy.
   *
   * @param agent whether the service gets the agent; without it nobody deploys to it over the
   *     network, and releases need no store
   */
  public static List<String> missing(RunOptions options, boolean agent) {
    List<String> missing = new ArrayList<>();
    if (!agent) {
      return missing;
    }
    DeployConditions.configured(options.probation().tellsReadiness())
        .refusal()
        .ifPresent(reason -> missing.add("deploys will be refused: " + reason));
    DeployConditions.missingStore(options.settings())
        .ifPresent(
            reason ->
                missing.add(
                    "deploys will be refused, unless the service's own JVM is told: " + reason));
    options
        .settings()
        .text(Setting.STORE)
        .flatMap(DeployPreconditions::unusableBecause)
        .ifPresent(missing::add);
    return missing;
  }

  private static Optional<String> unusableBecause(String store) {
    try {
      return StoreDirectory.of(store)
          .filter(directory -> !Files.isDirectory(directory))
          .map(
              directory ->
                  "deploys will fail: --store '"
                      + Text.shortened(store, 200)
                      + "' is not a directory; create or mount it");
    } catch (IllegalArgumentException namesNone) {
      return Optional.of("deploys will fail: " + namesNone.getMessage());
    }
  }
}
