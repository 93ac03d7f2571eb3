package dev.fastdeploy.launcher.fleet.plan;

/** How a deploy can end. */
public enum Ending {
  /** The fleet runs the commit, or as much of it as was asked for. */
  DONE(0),
  /** Nothing was begun. */
  NOT_BEGUN(1),
  /** Some members run the commit, others do not. */
  PARTIAL(2),
  /** It failed, and what was moved is back. */
  ROLLED_BACK(3),
  /** A person ended it. */
  ABORTED(4),
  /** Another owner has the record. */
  SUPERSEDED(5),
  /** The release could not be staged. */
  ARTIFACT(6),
  /** The members do not let this caller deploy. */
  NOT_AUTHORISED(7),
  /** The sources know nobody. */
  NO_INSTANCES(8);

  private final int exitCode;

  Ending(int exitCode) {
    this.exitCode = exitCode;
  }

  /** What the command ends with. */
  public int exitCode() {
    return exitCode;
  }
}
