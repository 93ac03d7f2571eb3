package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet is told to do, the same for each of its instances.
 *
 * @param operation what is asked of each instance
 * @param commit what is to run; none for a rollback, where each instance knows its own
 * @param app the application that the commit is of; empty if that is not told
 * @param environment that the instances must belong to; empty if that is not told
 * @param sha256 of the commit's archive, hex; empty if that is not told
 * @param id names the deploy on every instance
 * @param sequence UTC milliseconds of this client; instances refuse an older one
 * @param strategy how the service gets to run the release; none for the instance's default
 * @param force also a commit that was rolled back before
 * @param maxUnavailable how many instances may be under way at a time, at least 1
 * @param timeout for each instance, from its begin until it is proven
 * @param connectTimeout for the first answer of each instance
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

  /** What can be asked of an instance that makes it run another release. */
  public enum Operation {
    DEPLOY,
    ACTIVATE,
    ROLLBACK;

    /** The command's name, which a person knows it by. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException if no instance could ever be begun or a commit is missing
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

  /** The commit's name, empty while it is not known. */
  String commitText() {
    return commit == null ? "" : commit.id();
  }
}
