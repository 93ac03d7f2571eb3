package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Twenty thousand members: a step that walked them all would take minutes here. */
class LargeFleetTest {

  private static final int MEMBERS = 20_000;

  private final Plans plans = new Plans();
  private final Deque<Input> inputs = new ArrayDeque<>();
  private long now;
  private @Nullable Summary summary;
  private int reports;

  @Test
  void twentyThousandMembersAreMoved() {
    plans.maxUnavailable = Share.percent(10);
    plans.minReady = Share.percent(85);
    FleetPlanner planner = FleetPlanner.start(plans.plan(), 0);
    take(planner.actions());
    Summary ended = summary;
    while (ended == null) {
      Input input = inputs.poll();
      if (input == null) {
        now = planner.wakeAt().orElseThrow();
        take(planner.tick(now));
      } else {
        take(planner.on(input, now));
      }
      ended = summary;
    }

    assertThat(ended.ending()).as("%s", ended).isEqualTo(Ending.DONE);
    assertThat(ended.proven()).isEqualTo(MEMBERS);
    assertThat(reports).isGreaterThan(5 * MEMBERS);
  }

  private void take(List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.AskMember ask) {
        answer(ask);
      } else if (action instanceof Action.Sweep sweep) {
        inputs.add(new Input.Seen(SimulatedFleet.SOURCE, sweep.number(), members(), true));
      } else if (action instanceof Action.Append append) {
        inputs.add(new Input.Appended(append.segment()));
      } else if (action instanceof Action.End end) {
        summary = end.summary();
      }
    }
  }

  private static List<Member> members() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      String address = "m" + i;
      members.add(new Member(new MemberId(address), address, "z" + i % 3));
    }
    return members;
  }

  private void answer(Action.AskMember ask) {
    if (ask.ask() instanceof Ask.Stage stage) {
      heard(ask, new Report.Said(stage.attempt(), Step.ACCEPTED));
      heard(ask, ended(stage.attempt(), Report.Result.STAGED));
    } else if (ask.ask() instanceof Ask.Activate activate) {
      heard(ask, new Report.Said(activate.attempt(), Step.DRAINING));
      heard(ask, new Report.Lost("the process ended"));
      heard(ask, ended(activate.attempt(), Report.Result.PROVEN));
      heard(ask, status(ask, true));
    } else {
      heard(ask, status(ask, false));
    }
  }

  private static Report.Ended ended(int attempt, Report.Result result) {
    return new Report.Ended(attempt, result, Cause.APPLICATION, "", List.of());
  }

  private static Report.Status status(Action.AskMember ask, boolean moved) {
    return new Report.Status(
        ask.address(),
        "shop",
        "prod",
        moved ? SimulatedFleet.NEW : SimulatedFleet.OLD,
        true,
        Set.of(),
        true,
        moved ? DeployStanding.PROVEN : DeployStanding.NONE,
        moved ? 2 : 0,
        moved ? SimulatedFleet.NEW : null,
        null,
        0);
  }

  private void heard(Action.AskMember ask, Report report) {
    reports++;
    inputs.add(new Input.Heard(ask.member(), report));
  }
}
