package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.event.Draws;
import dev.fastdeploy.benchmarks.simulation.event.EventQueue;
import dev.fastdeploy.benchmarks.simulation.event.Limiter;
import dev.fastdeploy.benchmarks.simulation.rollout.Tally;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The things that the instances of a fleet share: the clock, and the limits that they wait for in
 * turn.
 */
final class Fleet {

  private static final int STORE_REQUESTS = 2;

  private final EventQueue events;
  private final FastdeployParameters parameters;
  private final Draws draws;
  private final Tally tally;
  private final Limiter dial;
  private final Limiter store;
  private final Consumer<Input> planner;

  /**
   * @param planner is told what instances say
   */
  Fleet(
      EventQueue events,
      FastdeployParameters parameters,
      long seed,
      Tally tally,
      Consumer<Input> planner) {
    this.events = events;
    this.parameters = parameters;
    this.draws = new Draws(seed);
    this.tally = tally;
    this.dial = parameters.dial().limiter();
    this.store = parameters.store().limiter();
    this.planner = planner;
  }

  /** Puts as many instances as there are tasks by their addresses, and returns them as members. */
  List<Member> fill(Map<String, Instance> instances) {
    List<Member> members = new ArrayList<>();
    for (int number = 0; number < parameters.tasks(); number++) {
      String address = "task-" + number;
      MemberId id = new MemberId(address);
      instances.put(address, new Instance(this, number, id));
      members.add(new Member(id, address, ""));
    }
    return List.copyOf(members);
  }

  FastdeployParameters parameters() {
    return parameters;
  }

  Tally tally() {
    return tally;
  }

  long now() {
    return events.now();
  }

  /** Says something to the planner, once what happens now is done. */
  void tell(Input input) {
    after(0, () -> planner.accept(input));
  }

  void after(long millis, Runnable action) {
    events.at(events.now() + millis, action);
  }

  void whenDialled(Runnable action) {
    events.at(dial.take(events.now(), 1), action);
  }

  void whenTheStoreAnswers(Runnable action) {
    events.at(store.take(events.now(), STORE_REQUESTS), action);
  }

  long drawn(Distribution distribution, FastdeployDraw what, int instance) {
    return distribution.millis(draws.of(what, instance));
  }
}
