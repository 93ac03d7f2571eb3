package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import dev.fastdeploy.benchmarks.simulation.event.EventQueue;
import dev.fastdeploy.benchmarks.simulation.event.Limiter;
import dev.fastdeploy.benchmarks.simulation.rollout.Moment;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import dev.fastdeploy.benchmarks.simulation.rollout.Tally;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Budget;
import dev.fastdeploy.launcher.fleet.plan.Ending;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.FleetPlanner;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.Manner;
import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.OnFailure;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Share;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Simulates {@code fastdeploy deploy --fleet} with the command's own planner. What the planner
 * decides is not modelled: this brings its asks to instances, and their answers to it, as late as
 * they would come.
 */
public final class SimulatedDeploy {

  private static final Duration HORIZON = Duration.ofDays(60);
  private static final String SOURCE = "fleet";
  private static final int MEMBERS_A_CALL = 100;

  private final EventQueue events = new EventQueue();
  private final Tally tally;
  private final Limiter source;
  private final FleetPlanner planner;
  private final Map<String, Instance> instances = new HashMap<>();
  private final List<Member> members;
  private long wakeAt = Long.MAX_VALUE;
  private boolean listed;
  private @Nullable Summary summary;

  private SimulatedDeploy(FastdeployParameters parameters, long seed, Consumer<Moment> observer) {
    tally = new Tally(parameters.tasks(), observer);
    source = parameters.source().limiter();
    members = new Fleet(events, parameters, seed, tally, this::feed).fill(instances);
    planner = FleetPlanner.start(plan(parameters), events.now());
  }

  /** A deploy of a release that comes up everywhere. The same seed gives the same rollout. */
  public static Rollout simulate(FastdeployParameters parameters, long seed) {
    return simulate(parameters, seed, moment -> {});
  }

  /**
   * The same.
   *
   * @param observer is told every change
   */
  static Rollout simulate(FastdeployParameters parameters, long seed, Consumer<Moment> observer) {
    return new SimulatedDeploy(parameters, seed, observer).run();
  }

  private static Plan plan(FastdeployParameters parameters) {
    return new Plan(
        new DeployId("simulated"),
        Instance.APP,
        Instance.ENVIRONMENT,
        Instance.NEW,
        Instance.OLD,
        false,
        true,
        List.of(SOURCE),
        parameters.pace().waves(),
        parameters.pace().window(),
        Budget.STRICT,
        parameters.patience(),
        Share.ALL,
        OnFailure.ROLLBACK,
        false,
        false,
        Manner.USUAL);
  }

  private Rollout run() {
    perform(planner.actions());
    events.run(HORIZON);
    Summary end = summary;
    if (end == null || end.ending() != Ending.DONE) {
      throw new IllegalStateException("the deploy did not come to its end: " + end);
    }
    return tally.rollout();
  }

  private void feed(Input input) {
    perform(planner.on(input, events.now()));
  }

  private void perform(List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.AskMember ask) {
        instance(ask).asked(ask.ask());
      } else if (action instanceof Action.Sweep sweep) {
        sweep(sweep.number());
      } else if (action instanceof Action.Append append) {
        events.at(events.now(), () -> feed(new Input.Appended(append.segment())));
      } else if (action instanceof Action.Say say && say.event() instanceof Event.Proven) {
        tally.newProven(events.now());
      } else if (action instanceof Action.End end) {
        summary = end.summary();
      }
    }
    wake();
  }

  private Instance instance(Action.AskMember ask) {
    Instance instance = instances.get(ask.address());
    if (instance == null) {
      throw new IllegalStateException("nobody is at the address of " + ask);
    }
    return instance;
  }

  /** A source lists its tasks each time, and tells more of those that it did not know. */
  private void sweep(int number) {
    int pages = (members.size() + MEMBERS_A_CALL - 1) / MEMBERS_A_CALL;
    int calls = listed ? pages : 2 * pages;
    listed = true;
    long answered = events.now();
    for (int i = 0; i < calls; i++) {
      answered = source.take(answered, 1);
    }
    events.at(answered, () -> feed(new Input.Seen(SOURCE, number, members, true)));
  }

  private void wake() {
    OptionalLong at = planner.wakeAt();
    if (at.isPresent() && at.getAsLong() < wakeAt) {
      wakeAt = Math.max(events.now(), at.getAsLong());
      events.at(wakeAt, this::woken);
    }
  }

  private void woken() {
    if (events.now() >= wakeAt) {
      wakeAt = Long.MAX_VALUE;
      perform(planner.tick(events.now()));
    }
  }
}
