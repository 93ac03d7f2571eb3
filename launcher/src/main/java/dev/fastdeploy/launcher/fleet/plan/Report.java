package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A report from a member, or from the carrier about it. It may come late, twice or never. */
public sealed interface Report {

  /** A request has made progress. */
  record Said(int attempt, Step step) implements Report {}

  /**
   * The member's status: the answer to a request, and the watched channel's report after each
   * change.
   *
   * @param identity the instance's identity, globally unique and kept across restarts; empty if not
   *     known
   * @param app the application that it serves; empty if not known
   * @param environment the environment that it belongs to; empty if not known
   * @param running the commit that runs; null if not known
   * @param proven whether that commit is proven there
   * @param refused the commits that did not come up there
   * @param inService whether it is ready
   * @param standing how far this deploy has come there
   * @param attempt the last attempt of this deploy that it accepted; 0 if none
   * @param toward the commit that this attempt leads to; null if there was none
   * @param image the commit that its container image was built with; null if not known
   * @param freeBytes the disk space that it has for the release, at least 1; 0 if it needs none or
   *     does not report it
   * @param objection why it would refuse this deploy now, for those who ask for a plan; null if it
   *     would not
   */
  record Status(
      String identity,
      String app,
      String environment,
      @Nullable Commit running,
      boolean proven,
      Set<Commit> refused,
      boolean inService,
      DeployStanding standing,
      int attempt,
      @Nullable Commit toward,
      @Nullable Commit image,
      long freeBytes,
      @Nullable Objection objection)
      implements Report {

    public Status {
      refused = Set.copyOf(refused);
    }

    /** Creates the status of a member that would take a deploy. */
    public Status(
        String identity,
        String app,
        String environment,
        @Nullable Commit running,
        boolean proven,
        Set<Commit> refused,
        boolean inService,
        DeployStanding standing,
        int attempt,
        @Nullable Commit toward,
        @Nullable Commit image,
        long freeBytes) {
      this(
          identity,
          app,
          environment,
          running,
          proven,
          refused,
          inService,
          standing,
          attempt,
          toward,
          image,
          freeBytes,
          null);
    }
  }

  /**
   * A request has ended.
   *
   * @param attempt the attempt
   * @param result how it ended
   * @param cause the cause if it did not succeed
   * @param reason one line for a person; empty if it succeeded
   * @param lastLines the last lines of a release that did not come up
   * @param refused whether it was not even begun, so that nothing has changed there for certain
   */
  record Ended(
      int attempt,
      Result result,
      Cause cause,
      String reason,
      List<String> lastLines,
      boolean refused)
      implements Report {

    public Ended {
      lastLines = List.copyOf(lastLines);
    }

    /** Creates the end of a request that was begun. */
    public Ended(int attempt, Result result, Cause cause, String reason, List<String> lastLines) {
      this(attempt, result, cause, reason, lastLines, false);
    }
  }

  /** The ways in which a request can end. */
  enum Result {
    /** The release is in the home. */
    STAGED,
    /** The release is proven. */
    PROVEN,
    /** The release did not come up and the member returned to the one before. */
    ROLLED_BACK,
    /** It failed, and the member runs what it ran before as far as it could record that. */
    FAILED,
    /** The member is busy with something else: ask again. */
    BUSY
  }

  /** The channel broke. */
  record Lost(String why) implements Report {}

  /** The member has seen a newer deploy and accepts no request of this one. */
  record Fenced(String why) implements Report {}

  /** The member does not allow this caller to do it. */
  record Denied(String why) implements Report {}
}
