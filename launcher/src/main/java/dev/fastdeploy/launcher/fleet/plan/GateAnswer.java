package dev.fastdeploy.launcher.fleet.plan;

/** The answer of a gate. */
public enum GateAnswer {
  /** Go on. */
  GOOD,
  /** Stop; the release is bad. */
  BAD,
  /** It cannot tell. This never counts as good. */
  UNKNOWN
}
