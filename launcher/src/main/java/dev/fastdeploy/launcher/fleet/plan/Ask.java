package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;

/** What a member is asked for. The same attempt asked twice does the thing once. */
public sealed interface Ask {

  /** What runs there, now and after each change. */
  record Status() implements Ask {}

  /** Fetch the release and lay it out. */
  record Stage(int attempt, Commit commit) implements Ask {}

  /** Run the staged release. */
  record Activate(int attempt, Commit commit) implements Ask {}

  /** Go back to a commit, and fetch it if it is not there. */
  record Rollback(int attempt, Commit commit) implements Ask {}

  /** Give up what has activated nothing yet. */
  record Cancel(int attempt) implements Ask {}
}
