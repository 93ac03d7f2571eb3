package dev.fastdeploy.launcher.fleet.plan;

import java.util.List;

/**
 * What would make a member refuse a deploy now. It may have passed by the time of the deploy, so
 * nothing is decided by it.
 *
 * @param cause the cause by which its refusal would count
 * @param reasons all reasons, in the order in which a deploy would meet them; each is one line for
 *     a person
 */
public record Objection(Cause cause, List<String> reasons) {

  public Objection {
    reasons = List.copyOf(reasons);
  }
}
