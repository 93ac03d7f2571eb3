package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold after every step, told from what went in and came out alone: nothing here asks the
 * planner what it thinks.
 */
final class Invariants {

  private final Plan plan;
  private final Map<MemberId, Report.Status> said = new HashMap<>();
  private final Map<String, Set<MemberId>> listed = new HashMap<>();
  private final Map<MemberId, MemberId> same = new HashMap<>();
  private final Set<MemberId> underWay = new HashSet<>();
  private final Set<MemberId> taken = new HashSet<>();

  /** Members that were counted as failed; the next container at an address is another one. */
  private final Set<MemberId> failed = new HashSet<>();

  private int failures;
  private final Map<MemberId, Integer> proven = new HashMap<>();

  /** Members of the deploy: those of the plan, and those that joined. */
  private final Set<MemberId> known = new HashSet<>();

  /** Which container was asked at a member's address. */
  private final Map<MemberId, String> begun = new HashMap<>();

  /** Those that come from an image that is newer than the deploy. */
  private final Set<MemberId> outside = new HashSet<>();

  private boolean planned;
  private boolean goingBack;
  private boolean stopped;
  private boolean lost;
  private boolean ended;
  private final List<Integer> underWayAtFailure = new ArrayList<>();

  Invariants(Plan plan) {
    this.plan = plan;
    this.goingBack = plan.goBack();
  }

  void in(Input input) {
    if (input instanceof Input.Seen seen) {
      Set<MemberId> ids = listed.computeIfAbsent(seen.source(), key -> new HashSet<>());
      if (seen.complete()) {
        ids.clear();
      }
      seen.members().forEach(member -> ids.add(member.id()));
      if (!planned) {
        known.addAll(ids);
      }
    } else if (input instanceof Input.Heard heard) {
      if (heard.report() instanceof Report.Status status) {
        said.put(heard.member(), status);
      } else if (heard.report() instanceof Report.Lost) {
        said.remove(heard.member());
      }
    } else if (input instanceof Input.LeaseLost) {
      lost = true;
    } else if (input instanceof Input.TakenOver) {
      said.clear();
    }
  }

  void out(List<Action> actions, boolean replay) {
    for (Action action : actions) {
      assertThat(ended).as("nothing follows the end, but %s", action).isFalse();
      if (action instanceof Action.AskMember ask) {
        assertThat(lost && !replay).as("%s after the lease was lost", ask).isFalse();
      } else if (action instanceof Action.Say say) {
        happened(say.event(), replay);
      } else if (action instanceof Action.End end) {
        ended = true;
        end(end.summary());
      }
    }
  }

  private void happened(Event event, boolean replay) {
    if (event instanceof Event.Begun begun) {
      begun(begun.member(), replay);
    } else if (event instanceof Event.Proven now) {
      done(now.member());
      proven.merge(now.member(), 1, Integer::sum);
    } else if (event instanceof Event.Failed now) {
      failures += now.again() ? 0 : 1;
      assertThat(failed.add(now.member()))
          .as("%s is counted the first time, and not again", now.member())
          .isNotEqualTo(now.again());
      boolean byRelease =
          now.cause() == Cause.APPLICATION
              && !now.again()
              && underWay.contains(now.member())
              && !goingBack;
      done(now.member());
      if (now.cause() == Cause.UNREACHABLE) {
        said.keySet().removeIf(id -> same.getOrDefault(id, id).equals(now.member()));
      }
      if (byRelease) {
        underWayAtFailure.add(underWay.size());
      }
    } else if (event instanceof Event.Vanished now) {
      done(now.member());
    } else if (event instanceof Event.Returned now) {
      // A member that has moved speaks by the address at which it is now.
      Report.Status status = said.getOrDefault(new MemberId(now.address()), said.get(now.member()));
      if (status != null && !status.identity().equals(begun.get(now.member()))) {
        // What was asked of the container before it is not asked of this one.
        done(now.member());
      }
    } else if (event instanceof Event.NewImage now) {
      done(now.member());
      failed.remove(now.member());
      known.removeIf(id -> same.getOrDefault(id, id).equals(now.member()));
      outside.add(now.member());
    } else if (event instanceof Event.SameMember now) {
      same.put(now.other(), now.member());
    } else if (event instanceof Event.Stopped) {
      stopped = true;
    } else if (event instanceof Event.Joined now) {
      known.add(now.member().id());
      outside.remove(now.member().id());
    } else if (event instanceof Event.Entered now && now.phase().equals("going back")) {
      planned = true;
      goingBack = true;
      said.keySet().removeIf(id -> underWay.contains(same.getOrDefault(id, id)));
      underWay.clear();
      taken.clear();
    } else if (event instanceof Event.Entered) {
      planned = true;
    }
  }

  private void begun(MemberId member, boolean replay) {
    assertThat(outside).as("%s is no member", member).doesNotContain(member);
    boolean serves = serves(member) && !(goingBack && isBetweenTwo(member));
    int serving = serving().size();
    underWay.add(member);
    Report.Status status = said.get(member);
    begun.put(member, status == null ? "" : status.identity());
    if (serves) {
      taken.add(member);
    }
    int window = Math.max(1, plan.window().maxUnavailable().atMost(living()));
    int changing = goingBack ? taken.size() : underWay.size();
    if (!replay && !(goingBack && plan.rollbackAllAtOnce())) {
      if (serves || !goingBack) {
        assertThat(changing).as("under way, of %d", living()).isLessThanOrEqualTo(window);
      }
      if (serves) {
        assertThat(serving - 1)
            .as("in service when %s is taken, of %d: %s of %s", member, living(), serving(), listed)
            .isGreaterThanOrEqualTo(floor());
      }
    }
    if (!goingBack) {
      assertThat(stopped).as("%s is begun after the stop", member).isFalse();
    }
  }

  private void done(MemberId member) {
    underWay.remove(member);
    taken.remove(member);
  }

  private boolean serves(MemberId member) {
    return serving().contains(member);
  }

  /** What is being moved when the others turn back is not counted on, wherever it is found. */
  private boolean isBetweenTwo(MemberId member) {
    return said.entrySet().stream()
        .anyMatch(
            entry ->
                same.getOrDefault(entry.getKey(), entry.getKey()).equals(member)
                    && entry.getValue().standing() == DeployStanding.ACTIVATING);
  }

  private Set<MemberId> serving() {
    Set<MemberId> serving = new HashSet<>();
    said.forEach(
        (id, status) -> {
          MemberId member = same.getOrDefault(id, id);
          if (status.inService()
              && !underWay.contains(member)
              && !outside.contains(member)
              && listed.values().stream().anyMatch(ids -> ids.contains(id))) {
            serving.add(member);
          }
        });
    return serving;
  }

  private int living() {
    Set<MemberId> all = new HashSet<>();
    listed
        .values()
        .forEach(
            ids ->
                ids.stream()
                    .filter(known::contains)
                    .forEach(id -> all.add(same.getOrDefault(id, id))));
    return all.size();
  }

  private int floor() {
    return plan.window().floor(living());
  }

  private void end(Summary summary) {
    assertThat(
            summary.proven()
                + summary.failed()
                + summary.unreachable()
                + summary.vanished()
                + summary.returned()
                + summary.untouched()
                + summary.open())
        .as("%s", summary)
        .isEqualTo(summary.planned() + summary.joined());
    assertThat(summary.failures().values().stream().mapToInt(Integer::intValue).sum())
        .as("%s", summary)
        .isEqualTo(failures);
    if (summary.ending() == Ending.DONE) {
      assertThat(summary.open()).as("%s", summary).isZero();
      if (plan.successAt().equals(Share.ALL)) {
        assertThat(summary.untouched()).as("%s", summary).isZero();
      }
    }
    int allowance =
        plan.budget().allowance(Cause.APPLICATION, summary.planned() + summary.joined());
    if (underWayAtFailure.size() > allowance) {
      assertThat(underWayAtFailure)
          .as("failures by the release beyond the budget: %s", summary)
          .hasSizeLessThanOrEqualTo(allowance + 1 + underWayAtFailure.get(allowance));
    }
  }
}
