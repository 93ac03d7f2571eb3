package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;

/** A request to a member. An attempt that is asked for twice is done once. */
public sealed interface Ask {

  /** Report what runs there, now and after each change. */
  record Status() implements Ask {}

  /** Fetch the release and lay it out. */
  record Stage(int attempt, Commit commit) implements Ask {}

  /** Run the staged release. */
  record Activate(int attempt, Commit commit) implements Ask {}

  /** Go back to a commit, fetching it if it is not there. */
  record Rollback(int attempt, Commit commit) implements Ask {}

  /** Cancel an attempt that has not activated anything yet. */
  record Cancel(int attempt) implements Ask {}
}
