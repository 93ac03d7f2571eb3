package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a member says, or what the carrier says about it. A report may come late, twice or never.
 */
public sealed interface Report {

  /** An ask has come further. */
  record Said(int attempt, Step step) implements Report {}

  /**
   * What the member runs: the answer to an ask, and what the watched channel says after each
   * change.
   *
   * @param identity of the instance, unique in the world and kept over restarts; empty if not known
   * @param app the application that it serves; empty if not known
   * @param environment that it belongs to; empty if not known
   * @param running the commit whose code runs; none if not known
   * @param proven whether that commit is proven there
   * @param refused commits that did not come up there
   * @param inService whether it is ready
   * @param standing how this deploy stands there
   * @param attempt of the last ask of this deploy that it took; 0 if none
   * @param toward the commit that this ask leads to; none if there was none
   * @param image the commit that its container image was built with; none if not known
   * @param freeBytes what it has left on disk for the release, at least 1; 0 if it needs nothing or
   *     does not tell
   */
  record Status(
      String identity,
      String app,
      String environment,
      @Nullable Commit running,
      boolean proven,
      Set<Commit> refused,
      boolean inService,
      Standing standing,
      int attempt,
      @Nullable Commit toward,
      @Nullable Commit image,
      long freeBytes)
      implements Report {

    public Status {
      refused = Set.copyOf(refused);
    }
  }

  /**
   * An ask has ended.
   *
   * @param attempt which one
   * @param result how
   * @param cause if it did not succeed
   * @param reason one line for a person; empty if it succeeded
   * @param lastLines that the release printed which did not come up
   */
  record Ended(int attempt, Result result, Cause cause, String reason, List<String> lastLines)
      implements Report {

    public Ended {
      lastLines = List.copyOf(lastLines);
    }
  }

  /** How an ask can end. */
  enum Result {
    /** The release lies in the home. */
    STAGED,
    /** The release is proven. */
    PROVEN,
    /** The release did not come up and the member returned to the one before. */
    ROLLED_BACK,
    /** It changed nothing. */
    FAILED,
    /** The member is busy with something else: ask again. */
    BUSY
  }

  /** The channel broke. */
  record Lost(String why) implements Report {}

  /** The member has seen a newer deploy and takes no ask of this one. */
  record Fenced(String why) implements Report {}

  /** The member does not let this caller do it. */
  record Denied(String why) implements Report {}
}
