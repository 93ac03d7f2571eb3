package dev.fastdeploy.launcher.fleet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * A deploy to listed instances: decides which of them comes next. It never has more under way than
 * the order allows, starts none after one has failed, and waits for those under way. It has no
 * sockets, threads or clock: it is told what happened and when, and answers with what to do. All
 * times are milliseconds of one monotonic clock. Not thread-safe.
 */
final class TargetsDeploy {

  private static final int ALL_PROVEN = 0;
  private static final int NOTHING_REACHED = 1;
  private static final int SOME_FAILED = 2;

  private final DeployOrder order;
  private final Map<Target, InstanceDeploy> instances = new LinkedHashMap<>();
  private final Deque<InstanceDeploy> waiting = new ArrayDeque<>();
  private final Set<InstanceDeploy> underWay = new LinkedHashSet<>();
  private List<Effect> effects = new ArrayList<>();
  private long lastCall;
  private boolean failed;
  private boolean finished;

  /**
   * @param targets at least one, without duplicates, in the order in which they start
   */
  TargetsDeploy(DeployOrder order, List<Target> targets) {
    this.order = order;
    for (Target target : targets) {
      InstanceDeploy instance =
          new InstanceDeploy(order, target, () -> ++lastCall, effect -> effects.add(effect));
      instances.put(target, instance);
      waiting.add(instance);
    }
  }

  /** Starts the deploy. */
  List<Effect> start(long now) {
    return next(now);
  }

  /** Takes the answer of an instance. */
  List<Effect> on(CallReport report, long now) {
    InstanceDeploy instance = instances.get(report.target());
    if (instance != null && !finished) {
      instance.on(report, now);
    }
    return next(now);
  }

  /** Takes note that time has passed. */
  List<Effect> tick(long now) {
    if (!finished) {
      underWay.forEach(instance -> instance.tick(now));
    }
    return next(now);
  }

  /** Stops waiting on the user's behalf. Deploys under way go on without this client. */
  List<Effect> interrupt() {
    if (!finished) {
      finished = true;
      List<InstanceDeploy> done =
          instances.values().stream().filter(InstanceDeploy::ended).toList();
      tell(
          new FleetEvent.Interrupted(
              order.id(), targets(done), targets(underWay), targets(waiting)));
    }
    return taken();
  }

  /** Returns the latest time at which {@link #tick} must be called. */
  OptionalLong wakeAt() {
    return underWay.stream()
        .map(InstanceDeploy::wakeAt)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .min();
  }

  /** Returns whether nothing is left to do. */
  boolean finished() {
    return finished;
  }

  /** Returns the current summary. */
  FleetSummary summary() {
    int proven = 0;
    int ended = 0;
    boolean reached = false;
    Set<String> commits = new TreeSet<>();
    for (InstanceDeploy instance : instances.values()) {
      InstanceOutcome outcome = instance.outcome();
      if (outcome != null) {
        ended++;
        proven += outcome.success() ? 1 : 0;
        commits.add(instance.commit());
      }
      reached |= instance.reached();
    }
    int exitCode =
        proven == instances.size() ? ALL_PROVEN : reached ? SOME_FAILED : NOTHING_REACHED;
    String commit = commits.size() == 1 ? commits.iterator().next() : order.commitText();
    return new FleetSummary(
        order.operation(), order.id(), commit, proven, ended - proven, waiting.size(), exitCode);
  }

  private List<Effect> next(long now) {
    for (InstanceDeploy instance : List.copyOf(underWay)) {
      InstanceOutcome outcome = instance.outcome();
      if (outcome != null) {
        underWay.remove(instance);
        failed |= !outcome.success();
      }
    }
    while (!finished && !failed && underWay.size() < order.maxUnavailable() && !waiting.isEmpty()) {
      InstanceDeploy instance = waiting.remove();
      underWay.add(instance);
      instance.begin(now);
    }
    if (!finished && underWay.isEmpty()) {
      finished = true;
      tell(new FleetEvent.Finished(summary()));
    }
    return taken();
  }

  private static List<Target> targets(Collection<InstanceDeploy> some) {
    return some.stream().map(InstanceDeploy::target).toList();
  }

  private void tell(FleetEvent event) {
    effects.add(new Effect.Tell(event));
  }

  private List<Effect> taken() {
    List<Effect> taken = effects;
    effects = new ArrayList<>();
    return taken;
  }
}
