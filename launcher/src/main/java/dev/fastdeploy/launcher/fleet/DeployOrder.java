package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The order to a fleet, the same for each of its instances.
 *
 * @param operation what each instance is asked to do
 * @param commit the commit to run; null for a rollback, where each instance knows its own
 * @param app the application that the commit belongs to; empty if unspecified
 * @param environment the environment that the instances must belong to; empty if unspecified
 * @param sha256 digest of the commit's archive, in hex; empty if unspecified
 * @param id names the deploy on every instance
 * @param sequence UTC milliseconds of this client; instances refuse an older one
 * @param strategy the reload strategy; null for the instance's default
 * @param force whether to deploy a commit that was rolled back before
 * @param maxUnavailable how many instances may be under way at a time, at least 1
 * @param timeout time for each instance, from its start until it is proven
 * @param connectTimeout time for the first answer of each instance
 */
public record DeployOrder(
    Operation operation,
    @Nullable Commit commit,
    String app,
    String environment,
    String sha256,
    DeployId id,
    long sequence,
    @Nullable String strategy,
    boolean force,
    int maxUnavailable,
    Duration timeout,
    Duration connectTimeout) {

  /** The requests that make an instance run another release. */
  public enum Operation {
    DEPLOY,
    ACTIVATE,
    ROLLBACK;

    /** Returns the command's name, by which a person knows it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException if no instance could ever start or a commit is missing
   */
  public DeployOrder {
    if (maxUnavailable < 1) {
      throw new IllegalArgumentException(
          "--max-unavailable '"
              + maxUnavailable
              + "' is too small; at least 1 instance must change");
    }
    if (commit == null && operation != Operation.ROLLBACK) {
      throw new IllegalArgumentException("the commit is missing; name the one to deploy");
    }
  }

  /** Returns the commit's name, or an empty string if it is not known. */
  String commitText() {
    return commit == null ? "" : commit.id();
  }
}
