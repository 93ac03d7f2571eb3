package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A machine dials some hundreds of members a second: each has its time from when it is dialled, at
 * the beginning and after a takeover, and thousands are not dialled at once.
 */
class DiallingTest {

  private static final int MEMBERS = 2_000;

  /** So that a time for all at once would be over long before the last has answered. */
  private static final long MILLIS_A_DIAL = 100;

  private final Plan plan = new Plans().plan();
  private final List<Member> members =
      IntStream.range(0, MEMBERS)
          .mapToObj(i -> new Member(new MemberId("m" + i), "m" + i, ""))
          .toList();
  private final List<Action.Entry> journal = new ArrayList<>();
  private final Deque<Action.AskMember> dialled = new ArrayDeque<>();
  private final Set<MemberId> asked = new HashSet<>();
  private final List<Ask> others = new ArrayList<>();
  private FleetPlanner planner = FleetPlanner.start(plan, 0);
  private long now;
  private int mostAtOnce;
  private @Nullable Summary summary;

  @Test
  void nobodyIsLateBecauseThisMachineIsSlow() {
    begin();
    assertThat(dialled).hasSize(Asks.DIALLED_FIRST);

    answerAll(member -> true, () -> others.isEmpty());

    assertThat(now).isGreaterThan(plan.patience().check().toMillis());
    assertThat(mostAtOnce).isEqualTo(Asks.DIALLED_AT_MOST);
    assertThat(asked).hasSize(MEMBERS);
    assertThat(summary).isNull();
    assertThat(others).isNotEmpty().allMatch(Ask.Stage.class::isInstance);
  }

  @Test
  void nobodyIsLateWhenAnotherOwnerHasTakenOver() {
    begin();
    answerAll(member -> true, () -> others.isEmpty());
    others.clear();
    asked.clear();
    mostAtOnce = 0;

    planner = FleetPlanner.start(plan, 0);
    for (Action.Entry entry : List.copyOf(journal)) {
      planner.on(entry.input(), entry.at());
    }
    take(planner.on(new Input.TakenOver(), now));
    answerAll(member -> true, () -> asked.size() < MEMBERS || !dialled.isEmpty());

    assertThat(mostAtOnce).isEqualTo(Asks.DIALLED_AT_MOST);
    assertThat(asked).hasSize(MEMBERS);
    assertThat(summary).isNull();
    assertThat(others).isNotEmpty().allMatch(Ask.Stage.class::isInstance);
  }

  @Test
  void aFleetThatIsOutOfReachIsNotDialledToTheLast() {
    begin();

    answerAll(member -> false, () -> summary == null);

    assertThat(summary).extracting(Summary::ending).isEqualTo(Ending.NOT_BEGUN);
    assertThat(asked).hasSizeLessThan(MEMBERS / 2);
    assertThat(others).isEmpty();
  }

  @Test
  void deadOnesDoNotKeepTheOthersFromBeingDialled() {
    begin();

    answerAll(member -> Integer.parseInt(member.value().substring(1)) % 10 > 0, others::isEmpty);

    assertThat(asked).hasSize(MEMBERS);
    assertThat(summary).isNull();
  }

  private void begin() {
    take(planner.actions());
    feed(new Input.Seen(SimulatedFleet.SOURCE, 1, members, true));
  }

  /** One member after the other answers, or never does; time passes when nobody is left. */
  private void answerAll(Predicate<MemberId> answers, BooleanSupplier goOn) {
    while (goOn.getAsBoolean()) {
      Action.AskMember ask = dialled.poll();
      if (ask == null) {
        now = Math.max(now, planner.wakeAt().orElseThrow());
        take(planner.tick(now));
      } else if (answers.test(ask.member())) {
        now += MILLIS_A_DIAL;
        take(planner.tick(now));
        feed(new Input.Heard(ask.member(), UsualStatus.of(ask.address())));
      }
    }
  }

  private void feed(Input input) {
    journal.add(new Action.Entry(now, input));
    take(planner.on(input, now));
  }

  private void take(List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.AskMember ask && ask.ask() instanceof Ask.Status) {
        if (asked.add(ask.member())) {
          dialled.add(ask);
          mostAtOnce = Math.max(mostAtOnce, dialled.size());
        }
      } else if (action instanceof Action.AskMember ask) {
        others.add(ask.ask());
      } else if (action instanceof Action.Append append) {
        feed(new Input.Appended(append.segment()));
      } else if (action instanceof Action.End end) {
        summary = end.summary();
      }
    }
  }
}
