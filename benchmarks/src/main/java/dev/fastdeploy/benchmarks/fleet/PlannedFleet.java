package dev.fastdeploy.benchmarks.fleet;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Ask;
import dev.fastdeploy.launcher.fleet.plan.Budget;
import dev.fastdeploy.launcher.fleet.plan.Cause;
import dev.fastdeploy.launcher.fleet.plan.DeployStanding;
import dev.fastdeploy.launcher.fleet.plan.FleetPlanner;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.Manner;
import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.OnFailure;
import dev.fastdeploy.launcher.fleet.plan.Patience;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Report;
import dev.fastdeploy.launcher.fleet.plan.Share;
import dev.fastdeploy.launcher.fleet.plan.Step;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.plan.Waves;
import dev.fastdeploy.launcher.fleet.plan.Window;
import dev.fastdeploy.launcher.fleet.record.EnvironmentRecord;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.JournalThread;
import dev.fastdeploy.launcher.fleet.record.Ownership;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A deploy of members that are simulated, by the product's planner and into its record, in virtual
 * time. Its members say all that real ones say. One thread uses it.
 */
final class PlannedFleet {

  private static final String SOURCE = "simulated";
  private static final long RESTART_MILLIS = 3_500;
  private static final double SPREAD = 0.2;
  private static final long ANSWER_MILLIS = 5;
  private static final long STAGE_MILLIS = 300;

  private record Due(long at, long number, Input input) {}

  /**
   * The result.
   *
   * @param virtualMillis how long it would have taken
   * @param inputs how much the planner was fed
   * @param segments of the journal
   */
  record Result(Summary summary, long virtualMillis, long inputs, int segments) {}

  private final List<Member> members = new ArrayList<>();
  private final Map<MemberId, DeployStanding> standings = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private final BlockingQueue<Input> recorded = new LinkedBlockingQueue<>();
  private final Random random = new Random(1);
  private final EnvironmentRecord record;
  private final String owner = "owner";
  private long number;
  private long inputs;
  private int segments;
  private long now;
  private @Nullable Summary summary;

  /**
   * @param record of an environment that nobody holds
   */
  PlannedFleet(int members, EnvironmentRecord record) {
    this.record = record;
    for (int i = 0; i < members; i++) {
      String name = "instance-" + i;
      this.members.add(new Member(new MemberId(name), name + ":7400", "zone-" + i % 3));
    }
  }

  /** Deploys to all. */
  Result deploy() throws IOException, InterruptedException {
    Plan plan = plan();
    Epoch epoch = begin(plan);
    try (JournalThread journal =
        new JournalThread(record, epoch, owner, Clock.systemUTC(), recorded::add)) {
      FleetPlanner planner = FleetPlanner.start(plan, 0);
      perform(planner.actions(), journal);
      Summary ended = summary;
      while (ended == null) {
        next(planner, journal);
        ended = summary;
      }
      planner.rest().forEach(journal::append);
      journal.end(ended);
      return new Result(ended, now, inputs, segments);
    }
  }

  private Epoch begin(Plan plan) throws IOException, InterruptedException {
    record.probe();
    Ownership.Answer answer =
        new Ownership(record, owner, "the benchmark", Clock.systemUTC())
            .begin(plan.deploy(), before -> plan, "", Duration.ofMinutes(1), Duration.ZERO, false);
    return ((Ownership.Answer.Owned) answer).epoch();
  }

  private void next(FleetPlanner planner, JournalThread journal) throws InterruptedException {
    Due first = due.peek();
    long wakeAt = planner.wakeAt().orElse(Long.MAX_VALUE);
    if (first != null && first.at() <= wakeAt) {
      due.remove();
      now = Math.max(now, first.at());
      feed(planner, first.input(), journal);
    } else {
      now = Math.max(now, wakeAt);
      perform(planner.tick(now), journal);
    }
  }

  private void feed(FleetPlanner planner, Input input, JournalThread journal)
      throws InterruptedException {
    inputs++;
    perform(planner.on(input, now), journal);
  }

  private void perform(List<Action> actions, JournalThread journal) throws InterruptedException {
    for (Action action : actions) {
      if (action instanceof Action.AskMember ask) {
        asked(ask);
      } else if (action instanceof Action.Sweep sweep) {
        after(ANSWER_MILLIS, new Input.Seen(SOURCE, sweep.number(), members, true));
      } else if (action instanceof Action.Append append) {
        segments++;
        journal.append(append);
        // Real time passes and virtual time does not: the store answers at once.
        after(ANSWER_MILLIS, recorded.take());
      } else if (action instanceof Action.End end) {
        summary = end.summary();
      }
    }
  }

  private void asked(Action.AskMember asked) {
    MemberId member = asked.member();
    if (asked.ask() instanceof Ask.Stage stage) {
      hear(ANSWER_MILLIS, member, new Report.Said(stage.attempt(), Step.ACCEPTED));
      hear(ANSWER_MILLIS * 2, member, new Report.Said(stage.attempt(), Step.STAGING));
      hear(STAGE_MILLIS, member, ended(stage.attempt(), Report.Result.STAGED));
    } else if (asked.ask() instanceof Ask.Activate activate) {
      activated(member, activate.attempt());
    } else {
      hear(ANSWER_MILLIS, member, status(member, 0));
    }
  }

  /** As by {@code process}: the connection goes, and comes back with the outcome. */
  private void activated(MemberId member, int attempt) {
    long back =
        ANSWER_MILLIS * 10 + (long) (RESTART_MILLIS * Math.exp(SPREAD * random.nextGaussian()));
    long at = ANSWER_MILLIS;
    for (Step step : List.of(Step.ACCEPTED, Step.ACTIVATED, Step.DRAINING, Step.RELOADING)) {
      hear(at, member, new Report.Said(attempt, step));
      at += ANSWER_MILLIS;
    }
    hear(at, member, new Report.Lost("the connection was closed"));
    hear(back, member, new Report.Said(attempt, Step.ON_PROBATION));
    hear(back + STAGE_MILLIS, member, ended(attempt, Report.Result.PROVEN));
    standings.put(member, DeployStanding.PROVEN);
    hear(back + STAGE_MILLIS, member, status(member, attempt));
  }

  private Report.Status status(MemberId member, int attempt) {
    DeployStanding standing = standings.getOrDefault(member, DeployStanding.NONE);
    Commit runs = standing == DeployStanding.PROVEN ? FleetSite.NEXT : FleetSite.IMAGE;
    return new Report.Status(
        member.value(),
        FleetSite.APP,
        FleetSite.ENVIRONMENT,
        runs,
        true,
        Set.of(),
        true,
        standing,
        attempt,
        standing == DeployStanding.PROVEN ? FleetSite.NEXT : null,
        FleetSite.IMAGE,
        0);
  }

  private static Report.Ended ended(int attempt, Report.Result result) {
    return new Report.Ended(attempt, result, Cause.APPLICATION, "", List.of());
  }

  private void hear(long millis, MemberId member, Report report) {
    after(millis, new Input.Heard(member, report));
  }

  private void after(long millis, Input input) {
    due.add(new Due(now + millis, ++number, Objects.requireNonNull(input)));
  }

  private static Plan plan() {
    return new Plan(
        new DeployId("d-benchmark"),
        FleetSite.APP,
        FleetSite.ENVIRONMENT,
        FleetSite.NEXT,
        null,
        false,
        true,
        List.of(SOURCE),
        Waves.ONE,
        new Window(Share.percent(FleetSetting.WINDOW_PERCENT), Share.NONE, 200),
        new Budget(Share.NONE, Share.NONE, Share.percent(5), 1),
        Patience.DEFAULT,
        Share.ALL,
        OnFailure.ROLLBACK,
        false,
        false,
        Manner.USUAL);
  }
}
