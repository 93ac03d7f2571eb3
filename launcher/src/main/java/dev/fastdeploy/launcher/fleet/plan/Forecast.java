package dev.fastdeploy.launcher.fleet.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The course that a deploy would take by what its members say before it begins. An instance that
 * two sources list under different names is one member.
 */
public final class Forecast {

  private final Map<MemberId, Report.Status> answers = new TreeMap<>();
  private final Map<MemberId, Objection> objections = new TreeMap<>();
  private final Map<MemberId, String> silent = new TreeMap<>();
  private final Budget budget;

  /**
   * @param budget how many members may fail
   * @param heard the last status of each member, by each name that it was asked under
   * @param failed the members that have failed already, each under one of its names
   */
  public Forecast(
      Budget budget, Map<MemberId, Report.Status> heard, Collection<Event.Failed> failed) {
    Map<String, MemberId> identities = new HashMap<>();
    Map<MemberId, MemberId> names = new HashMap<>();
    new TreeMap<>(heard)
        .forEach(
            (member, status) -> {
              MemberId known =
                  status.identity().isEmpty()
                      ? null
                      : identities.putIfAbsent(status.identity(), member);
              names.put(member, known == null ? member : known);
              if (known == null) {
                answers.put(member, status);
              }
            });
    for (Event.Failed one : failed) {
      MemberId member = names.get(one.member());
      if (member == null) {
        silent.put(one.member(), one.reason());
      } else if (one.cause() != Cause.UNREACHABLE) {
        objections.putIfAbsent(member, new Objection(one.cause(), List.of(one.reason())));
      }
    }
    // A member that has failed is asked nothing more, so it refuses nothing.
    answers.forEach(
        (member, status) -> {
          if (status.objection() != null) {
            objections.putIfAbsent(member, status.objection());
          }
        });
    this.budget = budget;
  }

  /** Returns the status of each member that answered, sorted by name. */
  public Map<MemberId, Report.Status> answers() {
    return new TreeMap<>(answers);
  }

  /**
   * Returns the members that would refuse the deploy now or could not carry it out, by the reasons,
   * sorted. A member with several reasons appears under each.
   */
  public Map<String, List<MemberId>> objecting() {
    Map<String, List<MemberId>> objecting = new TreeMap<>();
    objections.forEach(
        (member, objection) ->
            objection.reasons().forEach(reason -> add(objecting, reason, member)));
    return objecting;
  }

  /** Returns the members that do not answer, by the reasons, sorted. */
  public Map<String, List<MemberId>> silent() {
    Map<String, List<MemberId>> without = new TreeMap<>();
    silent.forEach((member, reason) -> add(without, reason, member));
    return without;
  }

  private static void add(Map<String, List<MemberId>> by, String reason, MemberId member) {
    by.computeIfAbsent(reason, first -> new ArrayList<>()).add(member);
  }

  /** Returns why the deploy would move nobody, or stop; empty if neither. */
  public Optional<String> failure() {
    int fleet = answers.size() + silent.size();
    for (Cause cause : Cause.values()) {
      long alike =
          objections.values().stream().filter(objection -> objection.cause() == cause).count();
      int allowance = budget.allowance(cause, fleet);
      if (alike > allowance) {
        int all = objections.size();
        return Optional.of(
            all
                + " of "
                + fleet
                + " would refuse it"
                + (alike == all || allowance == 0
                    ? ", and "
                    : ", " + alike + " of them for the same cause, of which ")
                + allowance
                + " may fail (--max-failed)");
      }
    }
    return !objections.isEmpty() && objections.size() == answers.size()
        ? Optional.of("no instance would take it")
        : Optional.empty();
  }

  /**
   * Returns why the deploy would not be done although nothing stops it; empty if it could be.
   *
   * @param successAt how much of the fleet must be proven
   */
  public Optional<String> shortfall(Share successAt) {
    int fleet = answers.size() + silent.size();
    int most = answers.size() - objections.size();
    int needed = successAt.atLeast(fleet);
    return most >= needed
        ? Optional.empty()
        : Optional.of(
            "at most "
                + most
                + " of "
                + fleet
                + " can run it, and --success-at "
                + successAt
                + " requires "
                + needed);
  }
}
