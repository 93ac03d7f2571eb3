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
 * Decides which instance is next: never more under way than the order allows, and none is begun
 * after one has failed; those under way are waited for. It has no sockets, threads or clock: it is
 * told what happened and when, and answers with what to do. All times are milliseconds of one clock
 * that never goes back. Not thread-safe.
 */
final class FleetDeploy {

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
   * @param targets at least one, without repetition, in the order in which they are begun
   */
  FleetDeploy(DeployOrder order, List<Target> targets) {
    this.order = order;
    for (Target target : targets) {
      InstanceDeploy instance =
          new InstanceDeploy(order, target, () -> ++lastCall, effect -> effects.add(effect));
      instances.put(target, instance);
      waiting.add(instance);
    }
  }

  /** Begins. */
  List<Effect> start(long now) {
    return next(now);
  }

  /** An instance has answered. */
  List<Effect> on(Signal signal, long now) {
    InstanceDeploy instance = instances.get(signal.target());
    if (instance != null && !finished) {
      instance.on(signal, now);
    }
    return next(now);
  }

  /** Time has passed. */
  List<Effect> tick(long now) {
    if (!finished) {
      underWay.forEach(instance -> instance.tick(now));
    }
    return next(now);
  }

  /** The user does not want to wait; what is under way goes on without this client. */
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

  /** When {@link #tick} must be called at the latest. */
  OptionalLong wakeAt() {
    return underWay.stream()
        .map(InstanceDeploy::wakeAt)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .min();
  }

  /** Whether nothing is left to do. */
  boolean finished() {
    return finished;
  }

  /** How it stands. */
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
