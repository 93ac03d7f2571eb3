package dev.fastdeploy.launcher.supervisor.exit;

import dev.fastdeploy.contract.Commit;
import java.util.Optional;

/**
 * The facts about the end of the service's process that decide what follows.
 *
 * @param code the exit code of the process
 * @param reloadCode the exit code that asks for a reload
 * @param stopRequested whether the launcher was told to stop
 * @param lastKnown what the launcher last knew of the service
 */
public record ExitFacts(
    int code, ReloadCode reloadCode, boolean stopRequested, LastKnown lastKnown) {

  /**
   * The exit code that asks for a reload.
   *
   * @param value the code, never 0
   * @param agreed whether it was configured explicitly
   */
  public record ReloadCode(int value, boolean agreed) {}

  /** The launcher's last knowledge of the service. Only an agent announces, or reloads in place. */
  public sealed interface LastKnown {

    /** The agent announced a reload. */
    record ReloadAnnounced() implements LastKnown {}

    /** The agent had reloaded in place, and that release was not proven yet. */
    record OnProbationInPlace() implements LastKnown {}

    /** The agent said hello and announced nothing. */
    record WithAgent(Trial trial) implements LastKnown {}

    /** No agent said hello. */
    record WithoutAgent(Trial trial) implements LastKnown {}
  }

  /** The proof that the process's release still had to give. */
  public sealed interface Trial {

    /**
     * The release was new, and not proven yet.
     *
     * @param givenUpBecause why the launcher ended it; empty if it ended by itself
     */
    record OnProbation(Optional<String> givenUpBecause, boolean wasReady) implements Trial {}

    /**
     * The release replaced one that did not come up, and was not ready yet.
     *
     * @param failed the commit that did not come up
     * @param isImage whether the release is the image's, the last that there is
     */
    record Restoring(Commit failed, boolean isImage) implements Trial {}

    /** The release was proven, or never had to prove itself. */
    record Over() implements Trial {}
  }

  boolean endedWithReloadCode() {
    return code == reloadCode.value();
  }

  /** Without an agent, 75 means nothing unless configured: any program may end with it. */
  public boolean endedWithAgreedCode() {
    return reloadCode.agreed() && endedWithReloadCode();
  }
}
