package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Members that do not let the caller deploy: nothing is moved, and the ending says why. */
class RefusedCallerTest {

  private final FleetPlanner planner = FleetPlanner.start(new Plans().plan(), 0);
  private final List<Member> members =
      Stream.of("a", "b", "c").map(id -> new Member(new MemberId(id), id + ":1", "")).toList();
  private final List<Action> actions = new ArrayList<>(planner.actions());

  @Test
  void whoMayNotEvenLookIsTold() {
    seen();
    members.forEach(member -> hear(member, new Report.Denied("no identity")));

    assertNotAuthorised();
  }

  @Test
  void whoMayLookAndNotDeployIsTold() {
    seen();
    members.forEach(member -> hear(member, UsualStatus.of("")));
    assertThat(asks()).anyMatch(Ask.Stage.class::isInstance);
    members.forEach(member -> hear(member, new Report.Denied("may only read")));

    assertNotAuthorised();
  }

  /** One member that is set up otherwise is reason enough to move nobody. */
  @Test
  void oneThatRefusesIsEnough() {
    seen();
    members.forEach(member -> hear(member, UsualStatus.of("")));
    hear(members.get(1), new Report.Denied("may only read"));

    assertNotAuthorised();
  }

  private void assertNotAuthorised() {
    Summary summary =
        actions.stream()
            .filter(Action.End.class::isInstance)
            .map(action -> ((Action.End) action).summary())
            .findFirst()
            .orElseThrow();
    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.NOT_AUTHORISED);
    assertThat(summary.reason()).contains("refuses: ");
    assertThat(asks()).noneMatch(Ask.Activate.class::isInstance);
  }

  private List<Ask> asks() {
    return actions.stream()
        .filter(Action.AskMember.class::isInstance)
        .map(action -> ((Action.AskMember) action).ask())
        .toList();
  }

  private void seen() {
    actions.addAll(planner.on(new Input.Seen(SimulatedFleet.SOURCE, 1, members, true), 1));
  }

  private void hear(Member member, Report report) {
    actions.addAll(planner.on(new Input.Heard(member.id(), report), 2));
  }
}
