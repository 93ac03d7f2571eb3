package dev.fastdeploy.launcher.fleet.plan;

/** What a gate says. */
public enum GateAnswer {
  /** Go on. */
  GOOD,
  /** Stop; the release is bad. */
  BAD,
  /** It cannot tell. Never taken for good. */
  UNKNOWN
}
