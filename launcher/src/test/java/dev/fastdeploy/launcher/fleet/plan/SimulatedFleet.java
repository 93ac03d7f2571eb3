package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The world around a planner: members, a source, gates, a record, and a carrier that is late, loses
 * and repeats, all in virtual time. One seed gives one course.
 */
final class SimulatedFleet {

  static final Commit OLD = new Commit("old");
  static final Commit NEW = new Commit("new");
  static final String SOURCE = "fleet";

  private static final int MOST_STEPS = 3_000_000;

  private record Due(long at, long number, Runnable what) {}

  private record Waiting(Predicate<Event> kind, Runnable then) {}

  /** What becomes of an owner at one of its writes to the record. */
  enum Blow {
    DIES_BEFORE,
    DIES_AFTER,
    DIES_AND_IT_LANDS_BEFORE_THE_NEXT_ONE_COMES,
    DIES_AND_IT_LANDS_WHEN_THE_NEXT_ONE_IS_THERE,
    SLEEPS_BEFORE,
    SLEEPS_AFTER
  }

  /** One process that runs the command. */
  private final class Owner {
    final int name;
    final int epoch;
    final FleetPlanner planner;
    final Invariants invariants;

    /** Who takes over; none yet. */
    int successor;

    long offset;
    boolean gone;
    boolean asleep;
    final List<Runnable> missed = new ArrayList<>();

    Owner(int name, int epoch, FleetPlanner planner, Invariants invariants) {
      this.name = name;
      this.epoch = epoch;
      this.planner = planner;
      this.invariants = invariants;
    }

    long time() {
      return now - offset;
    }

    void feed(Input input) {
      if (gone) {
        return;
      }
      if (asleep) {
        missed.add(() -> feed(input));
        return;
      }
      invariants.in(input);
      log.add(new Action.Entry(time(), input));
      perform(planner.on(input, time()));
    }

    void perform(List<Action> actions) {
      answers.addAll(actions);
      invariants.out(actions, false);
      actions.forEach(action -> SimulatedFleet.this.perform(this, action));
      wake();
    }

    void wake() {
      OptionalLong at = planner.wakeAt();
      if (at.isPresent()) {
        SimulatedFleet.this.at(Math.max(now, at.getAsLong() + offset), this::woken);
      }
    }

    private void woken() {
      OptionalLong at = planner.wakeAt();
      if (gone || at.isEmpty() || at.getAsLong() > time()) {
        return;
      }
      if (!asleep) {
        feed(new Input.Passed());
      }
    }
  }

  final Random random;
  final Map<String, SimulatedMember> byAddress = new LinkedHashMap<>();
  final List<SimulatedMember> everyone = new ArrayList<>();
  final SimulatedStore store;
  final SimulatedRecord record;
  final List<Event> events = new ArrayList<>();
  final List<Action> answers = new ArrayList<>();
  final List<Action.Entry> log = new ArrayList<>();
  Plan plan;
  Set<Commit> images = Set.of();
  Commit bad = NEW;
  Function<Integer, GateAnswer> gate = question -> GateAnswer.GOOD;
  double loss;
  double repetition;

  /** The blow falls at the write of this number, counted from 1. */
  int blowAt;

  @Nullable Blow blow;
  int writes;
  boolean sourceDown;
  boolean sourceHalf;
  boolean checksService;
  long now;
  @Nullable Summary summary;
  int lowestInService = Integer.MAX_VALUE;

  /** Orders stay in the record: each owner reads all of them. */
  private final List<Order> orders = new ArrayList<>();

  /** Where each member was found; it keeps its first address as its name. */
  private final Map<MemberId, Set<String>> addressesOf = new HashMap<>();

  /** An address may get another member. */
  private final Map<MemberId, Set<SimulatedMember>> everAt = new HashMap<>();

  private final List<Waiting> waiting = new ArrayList<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private final Map<SimulatedMember, Owner> watchers = new HashMap<>();
  private long number;
  private int firstEpoch;
  private int owners;
  private int identities;
  private @Nullable Owner owner;

  SimulatedFleet(long seed, Plan plan) {
    this.random = new Random(seed);
    this.plan = plan;
    this.store = new SimulatedStore(random, this::after);
    this.record = new SimulatedRecord(store);
  }

  SimulatedMember add(Commit runs, String zone) {
    int n = ++identities;
    SimulatedMember member = new SimulatedMember(this, "i" + n, "10.0.0." + n + ":1", zone, runs);
    member.everProven.add(runs);
    byAddress.put(member.address, member);
    everyone.add(member);
    return member;
  }

  SimulatedMember add(Commit runs, String zone, @Nullable Commit image) {
    SimulatedMember member = add(runs, zone);
    member.image = image;
    return member;
  }

  /** The kept channel leads to whoever is at the address now, and brings its status. */
  private void watch(SimulatedMember member) {
    watchers.put(member, owner());
    member.push();
  }

  SimulatedFleet with(int members) {
    for (int i = 0; i < members; i++) {
      add(OLD, "z" + i % 3);
    }
    return this;
  }

  List<SimulatedMember> members() {
    return byAddress.values().stream().filter(member -> member.listed).distinct().toList();
  }

  void remove(SimulatedMember member) {
    member.listed = false;
    member.inService = false;
    report(member, new Report.Lost("gone"));
  }

  /** The platform replaces a member by a container of another image, at the same address or not. */
  SimulatedMember replace(SimulatedMember member, Commit image, boolean sameAddress) {
    remove(member);
    SimulatedMember next = add(image, member.zone, image);
    if (sameAddress) {
      byAddress.remove(next.address);
      next.address = member.address;
      byAddress.put(next.address, next);
      after(between(1_000, 4_000), () -> watch(next));
    }
    return next;
  }

  void readdress(SimulatedMember member) {
    byAddress.remove(member.address);
    report(member, new Report.Lost("moved"));
    member.address = "10.0.1." + ++identities + ":1";
    byAddress.put(member.address, member);
  }

  void start() {
    firstEpoch = 1;
    begin(1, ++owners);
    owner = new Owner(owners, 1, FleetPlanner.start(plan, images, now), new Invariants(plan));
    owner.perform(owner.planner.actions());
  }

  /** Another deploy, after the first has ended. */
  void again(Plan next, Commit commit) {
    plan = next;
    bad = commit;
    summary = null;
    int epoch = owner == null ? 1 : owner.epoch + 1;
    firstEpoch = epoch;
    begin(epoch, ++owners);
    owner = new Owner(owners, epoch, FleetPlanner.start(plan, images, now), new Invariants(plan));
    owner.perform(owner.planner.actions());
  }

  /** Whoever begins a deploy tries until the store says that it has. */
  private void begin(int epoch, int name) {
    while (true) {
      try {
        assertThat(record.begin(epoch, name)).isTrue();
        return;
      } catch (IOException failure) {
        // Again.
      }
    }
  }

  /** Does something at the first event of a kind. */
  void onEvent(Predicate<Event> kind, Runnable then) {
    waiting.add(new Waiting(kind, then));
  }

  private void said(Event event) {
    events.add(event);
    for (Waiting each : List.copyOf(waiting)) {
      if (each.kind().test(event)) {
        waiting.remove(each);
        after(0, each.then());
      }
    }
  }

  /** The owner dies. Whoever waits takes over after a lease. */
  void killOwner() {
    Owner dead = owner();
    dead.gone = true;
    after(plan.patience().lease().toMillis() + 1_000, () -> takeOver(dead));
  }

  /** The owner does nothing for longer than its lease, and goes on then. */
  void sleepOwner(long millis) {
    Owner sleeper = owner();
    sleeper.asleep = true;
    after(plan.patience().lease().toMillis() + 1_000, () -> takeOver(sleeper));
    after(
        millis,
        () -> {
          sleeper.asleep = false;
          List<Runnable> missed = new ArrayList<>(sleeper.missed);
          sleeper.missed.clear();
          missed.forEach(Runnable::run);
          sleeper.wake();
        });
  }

  boolean isOver() {
    return summary != null;
  }

  private void takeOver(Owner from) {
    if (isOver() || from != owner) {
      return;
    }
    if (from.successor == 0) {
      from.successor = ++owners;
    }
    try {
      int epoch = from.epoch + 1;
      assertThat(record.seal(from.epoch, from.successor)).isTrue();
      List<Action.Entry> entries = record.replay(firstEpoch, from.epoch);
      assertThat(record.begin(epoch, from.successor)).isTrue();
      assertThat(record.newest()).isEqualTo(epoch);
      goOn(from.successor, epoch, entries);
    } catch (IOException failure) {
      after(1_000, () -> takeOver(from));
    }
  }

  private void goOn(int name, int epoch, List<Action.Entry> entries) {
    Invariants invariants = new Invariants(plan);
    FleetPlanner planner = FleetPlanner.start(plan, images, 0);
    invariants.out(planner.actions(), true);
    long last = 0;
    for (Action.Entry entry : entries) {
      last = entry.at();
      invariants.in(entry.input());
      invariants.out(planner.on(entry.input(), entry.at()), true);
    }
    Owner next = new Owner(name, epoch, planner, invariants);
    next.offset = now - last;
    owner = next;
    log.clear();
    next.feed(new Input.TakenOver());
    List.copyOf(orders).forEach(order -> next.feed(new Input.Ordered(order)));
  }

  private Owner owner() {
    if (owner == null) {
      throw new IllegalStateException("not started");
    }
    return owner;
  }

  void feed(Input input) {
    owner().feed(input);
  }

  void order(Order.What what, int gateNumber) {
    Order order = new Order("o" + ++number, what, gateNumber, "me", "because");
    orders.add(order);
    feed(new Input.Ordered(order));
  }

  /** Runs to the end; fails when there is none within a virtual time. */
  Summary run(long horizonMillis) {
    long end = now + horizonMillis;
    int steps = 0;
    while (summary == null) {
      Due due = queue.poll();
      assertThat(due).as("something is due until the end").isNotNull();
      if (due.at() >= end || ++steps > MOST_STEPS) {
        throw new AssertionError("it does not end: " + lately());
      }
      now = due.at();
      try {
        due.what().run();
      } catch (AssertionError failure) {
        throw new AssertionError(failure.getMessage() + ": " + lately(), failure);
      }
      look();
    }
    return summary;
  }

  /** What was said and fed last, for whoever must find out why. */
  private String lately() {
    return plan
        + "\nevents "
        + events.subList(Math.max(0, events.size() - 60), events.size())
        + "\nfed "
        + log.subList(Math.max(0, log.size() - 100), log.size()).stream()
            .filter(entry -> !(entry.input() instanceof Input.Seen))
            .toList();
  }

  private void look() {
    if (checksService) {
      int up = (int) members().stream().filter(member -> member.inService).count();
      lowestInService = Math.min(lowestInService, up);
    }
  }

  void after(long millis, Runnable what) {
    at(now + millis, what);
  }

  void at(long time, Runnable what) {
    queue.add(new Due(time, ++number, what));
  }

  long between(long low, long high) {
    return low + (long) (random.nextDouble() * (high - low));
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Brings a report to whoever watches the member. */
  void report(SimulatedMember member, Report report) {
    Owner watcher = watchers.get(member);
    if (watcher == null || (member.silent && !(report instanceof Report.Lost))) {
      return;
    }
    for (String address : addresses(member)) {
      report(watcher, member, address, report);
    }
  }

  private List<String> addresses(SimulatedMember member) {
    List<String> all = new ArrayList<>();
    byAddress.forEach(
        (address, there) -> {
          if (there == member) {
            all.add(address);
          }
        });
    return all;
  }

  private void report(Owner watcher, SimulatedMember member, String address, Report report) {
    boolean mustArrive = report instanceof Report.Status || report instanceof Report.Lost;
    if (!mustArrive && chance(loss)) {
      return;
    }
    int copies = chance(repetition) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      // The kept channel brings its reports in order; what is said twice may come later.
      long delay = i == 0 ? 20 : between(20, 3_000);
      if (i > 0 && mustArrive) {
        continue;
      }
      after(
          delay,
          () -> {
            if (watchers.get(member) == watcher) {
              watcher.feed(new Input.Heard(new MemberId(address), report));
            }
          });
    }
  }

  private void perform(Owner by, Action action) {
    if (action instanceof Action.AskMember ask) {
      if (!chance(ask.ask() instanceof Ask.Status ? 0 : loss)) {
        after(between(5, 60), () -> ask(by, ask));
      }
    } else if (action instanceof Action.Sweep sweep) {
      after(between(50, 1_000), () -> sweep(by, sweep.number()));
    } else if (action instanceof Action.AskGate ask) {
      after(
          between(50, 500),
          () ->
              by.feed(
                  new Input.GateSaid(ask.gate(), ask.question(), gate.apply(ask.question()), "")));
    } else if (action instanceof Action.Append append) {
      after(between(10, 200), () -> append(by, append));
    } else if (action instanceof Action.Say say) {
      said(say.event());
      provenIsProven(say.event());
    } else if (action instanceof Action.End end && by == owner) {
      summary = end.summary();
    }
  }

  /** Whoever is taken for one that runs a commit has proven it, whatever was lost on the way. */
  private void provenIsProven(Event event) {
    if (event instanceof Event.Found found) {
      follow(found.member(), found.address());
    } else if (event instanceof Event.Returned returned) {
      follow(returned.member(), returned.address());
    } else if (event instanceof Event.Proven proven) {
      follow(proven.member(), proven.member().value());
      Set<SimulatedMember> ever = new HashSet<>();
      addressesOf.getOrDefault(proven.member(), new HashSet<>()).stream()
          .map(address -> everAt.getOrDefault(new MemberId(address), new HashSet<>()))
          .forEach(ever::addAll);
      assertThat(ever)
          .as("%s says that it runs %s", proven.member(), proven.commit())
          .anyMatch(member -> member.everProven.contains(proven.commit()));
    }
  }

  private void follow(MemberId member, String address) {
    addressesOf.computeIfAbsent(member, key -> new HashSet<>()).add(address);
  }

  private void ask(Owner by, Action.AskMember ask) {
    SimulatedMember member = byAddress.get(ask.address());
    if (member != null) {
      everAt.computeIfAbsent(ask.member(), key -> new HashSet<>()).add(member);
    }
    if (member == null || member.dead || !member.listed) {
      after(
          3_000,
          () -> by.feed(new Input.Heard(ask.member(), new Report.Lost("connection refused"))));
      return;
    }
    if (member.silent) {
      return;
    }
    if (by == owner) {
      watchers.put(member, by);
      member.asked(ask.ask(), by.epoch);
    } else if (!(ask.ask() instanceof Ask.Status)) {
      int before = member.attempt;
      Owner watcher = watchers.get(member);
      watchers.put(member, by);
      member.asked(ask.ask(), by.epoch);
      if (watcher != null) {
        watchers.put(member, watcher);
      }
      if (member.epoch > by.epoch) {
        assertThat(member.attempt).as("an ask of an old owner takes no effect").isEqualTo(before);
      }
    }
  }

  private void sweep(Owner by, int sweep) {
    if (sourceDown) {
      by.feed(new Input.Unknown(SOURCE, sweep, "no answer"));
      return;
    }
    List<Member> all = new ArrayList<>();
    byAddress.forEach(
        (address, member) -> {
          if (member.listed) {
            MemberId id = new MemberId(address);
            everAt.computeIfAbsent(id, key -> new HashSet<>()).add(member);
            all.add(new Member(id, address, member.zone));
          }
        });
    List<Member> told = sourceHalf ? all.subList(0, all.size() / 2) : all;
    by.feed(new Input.Seen(SOURCE, sweep, told, !sourceHalf));
  }

  private void append(Owner by, Action.Append append) {
    if (by.gone) {
      return;
    }
    if (by == owner && blow != null && ++writes == blowAt) {
      strike(blow, () -> write(by, append));
    } else {
      write(by, append);
    }
  }

  private void strike(Blow how, Runnable write) {
    long lease = plan.patience().lease().toMillis();
    switch (how) {
      case DIES_BEFORE -> killOwner();
      case DIES_AFTER -> {
        killOwner();
        write.run();
      }
      case DIES_AND_IT_LANDS_BEFORE_THE_NEXT_ONE_COMES -> {
        killOwner();
        after(lease, write);
      }
      case DIES_AND_IT_LANDS_WHEN_THE_NEXT_ONE_IS_THERE -> {
        killOwner();
        after(lease + 1_500, write);
      }
      case SLEEPS_BEFORE -> {
        sleepOwner(lease + 20_000);
        after(lease + 20_100, write);
      }
      case SLEEPS_AFTER -> {
        sleepOwner(lease + 20_000);
        write.run();
      }
    }
  }

  private void write(Owner by, Action.Append append) {
    try {
      boolean mine = record.append(by.epoch, append.segment(), by.name, append.entries());
      by.feed(
          mine ? new Input.Appended(append.segment()) : new Input.LeaseLost("sealed by another"));
    } catch (IOException failure) {
      String why = String.valueOf(failure.getMessage());
      after(
          why.contains("timed out") ? 5_000 : 500,
          () -> by.feed(new Input.AppendFailed(append.segment(), why)));
    }
  }

  /** The same inputs give the same actions. */
  void assertReplays() {
    List<Action.Entry> fed = new ArrayList<>(log);
    FleetPlanner again = FleetPlanner.start(plan, images, 0);
    List<Action> said = new ArrayList<>(again.actions());
    fed.forEach(entry -> said.addAll(again.on(entry.input(), entry.at())));
    if (owners == 1) {
      assertThat(said).isEqualTo(answers);
    }
  }
}
