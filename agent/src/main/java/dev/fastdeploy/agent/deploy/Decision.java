package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Refusal;

/** The decision on a request when it arrived. */
public sealed interface Decision {

  /** The request was begun. */
  record Accepted() implements Decision {}

  /** The deploy is known: nothing was begun, and its result was returned. */
  record Known(ReportedResult result) implements Decision {}

  /** The request was refused. */
  record Refused(Refusal refusal) implements Decision {}
}
