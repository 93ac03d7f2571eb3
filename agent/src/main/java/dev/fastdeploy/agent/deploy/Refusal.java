package dev.fastdeploy.agent.deploy;

/** Why a request was not begun. The names are those of the control protocol. */
public enum Refusal {
  BUSY,
  ALREADY_RUNNING,
  OLDER_SEQUENCE,
  REFUSED_COMMIT,
  NO_LAUNCHER,
  HOME_UNWRITABLE,
  NO_READINESS,
  UNKNOWN_STRATEGY,
  NOT_STAGED,
  NO_STORE,
  NOTHING_TO_ROLL_BACK_TO,
  STOPPING,
  CLASSES_OUTSIDE_RELEASE,
  ON_PROBATION,
  ID_IN_USE,
  STRATEGY_UNAVAILABLE,
  SEQUENCE_AHEAD,
  OTHER_APP,
  OTHER_CONTENT
}
