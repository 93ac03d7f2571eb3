package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Refusal;

/** What became of a request when it arrived. */
public sealed interface Decision {

  /** It was begun. */
  record Accepted() implements Decision {}

  /** The deploy is known: nothing was begun, its outcome was answered. */
  record Known(ReportedResult result) implements Decision {}

  /** It was refused. */
  record Refused(Refusal refusal) implements Decision {}
}
