package dev.fastdeploy.launcher.fleet.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The course that a deploy would take by what its members say before it begins. An instance that
 * two sources list under different names is one member.
 */
public final class Forecast {

  private final Map<MemberId, Report.Status> answers = new TreeMap<>();
  private final Budget budget;
  private final int fleet;

  /**
   * @param budget how many members may fail
   * @param heard the last status of each member, by each name that it was asked under
   * @param unreachable the number of members that did not answer
   */
  public Forecast(Budget budget, Map<MemberId, Report.Status> heard, int unreachable) {
    Set<String> identities = new HashSet<>();
    new TreeMap<>(heard)
        .forEach(
            (member, status) -> {
              if (status.identity().isEmpty() || identities.add(status.identity())) {
                answers.put(member, status);
              }
            });
    this.budget = budget;
    this.fleet = answers.size() + unreachable;
  }

  /** Returns the status of each member that answered, sorted by name. */
  public Map<MemberId, Report.Status> answers() {
    return new TreeMap<>(answers);
  }

  /** Returns the members that would refuse the deploy now, by their reasons, sorted. */
  public Map<String, List<MemberId>> objecting() {
    Map<String, List<MemberId>> objecting = new TreeMap<>();
    answers.forEach(
        (member, status) -> {
          Objection objection = status.objection();
          if (objection != null) {
            objecting.computeIfAbsent(objection.reason(), reason -> new ArrayList<>()).add(member);
          }
        });
    return objecting;
  }

  /** Returns why the deploy would fail; empty if the budget allows all the refusals. */
  public Optional<String> failure() {
    for (Cause cause : Cause.values()) {
      long objecting =
          answers.values().stream()
              .map(Report.Status::objection)
              .filter(objection -> objection != null && objection.cause() == cause)
              .count();
      int allowance = budget.allowance(cause, fleet);
      if (objecting > allowance) {
        return Optional.of(
            objecting
                + " of "
                + fleet
                + " would refuse it, and "
                + allowance
                + " may fail (--max-failed)");
      }
    }
    return Optional.empty();
  }
}
