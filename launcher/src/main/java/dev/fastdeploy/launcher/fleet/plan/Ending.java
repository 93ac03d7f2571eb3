package dev.fastdeploy.launcher.fleet.plan;

/** The ways in which a deploy can end. */
public enum Ending {
  /** The fleet runs the commit, or as much of it as was asked for. */
  DONE(0),
  /** Nothing was moved. */
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
  /** The members do not allow this caller to deploy. */
  NOT_AUTHORISED(7),
  /** The sources know of no instance. */
  NO_INSTANCES(8);

  private final int exitCode;

  Ending(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Returns the command's exit code. */
  public int exitCode() {
    return exitCode;
  }
}
