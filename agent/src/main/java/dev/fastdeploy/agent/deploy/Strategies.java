package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.Course;
import dev.fastdeploy.agent.reload.InPlaceReload;
import dev.fastdeploy.agent.reload.Obstacle;
import dev.fastdeploy.agent.reload.OldLoaders;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.RefusedException;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.StrategyName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The strategies that were prepared at the start. Chooses the one that carries out a deploy. */
final class Strategies {

  /**
   * The order in which {@link StrategyName#AUTO} tries them: strategies that disturb nothing, then
   * those that take any release and leave nothing behind, then the others; of those that are alike,
   * the one named first.
   */
  private static final Comparator<ReloadStrategy> AUTOS_ORDER =
      Comparator.comparing(ReloadStrategy::interrupts)
          .thenComparing(strategy -> strategy.course() != Course.PROCESS_ENDS);

  private final List<ReloadStrategy> prepared;
  private final Map<String, String> notPrepared;

  /**
   * @param prepared the strategies, the default first
   * @param notPrepared the reasons why other configured strategies could not be prepared, by name
   */
  Strategies(List<ReloadStrategy> prepared, Map<String, String> notPrepared) {
    this.prepared = List.copyOf(prepared);
    this.notPrepared = Map.copyOf(notPrepared);
  }

  /** A strategy that was chosen for a release, and the reasons against the earlier ones. */
  record Chosen(ReloadStrategy strategy, String because) {}

  /** Returns the names that can be asked for, the default first. */
  List<String> names() {
    return prepared.stream().map(ReloadStrategy::name).toList();
  }

  /** Returns why other configured strategies could not be prepared, by name. */
  Map<String, String> notPrepared() {
    return notPrepared;
  }

  /** Returns the state of the loaders of earlier releases, or empty if no strategy leaves any. */
  Optional<OldLoaders> oldLoaders() {
    return prepared.stream().flatMap(strategy -> strategy.oldLoaders().stream()).findFirst();
  }

  /** Returns the strategy with a name, or empty if it was not prepared. */
  Optional<ReloadStrategy> named(String name) {
    return prepared.stream().filter(strategy -> strategy.name().equals(name)).findFirst();
  }

  /** Tells the strategies that the process was told to end. */
  void processEnds() {
    for (ReloadStrategy strategy : prepared) {
      if (strategy instanceof InPlaceReload inPlace) {
        inPlace.processEnds();
      }
    }
  }

  /**
   * Returns the strategy that ends the process, or empty if there is no launcher to start it again.
   */
  Optional<ReloadStrategy> process() {
    return prepared.stream()
        .filter(strategy -> strategy.course() == Course.PROCESS_ENDS)
        .findFirst();
  }

  /**
   * Tells the others that one is about to load a release from its own files: they must not change
   * what is loaded.
   */
  void tellOthers(InPlaceReload one, Release release) {
    if (!one.replacesFiles()) {
      return;
    }
    for (ReloadStrategy strategy : prepared) {
      if (strategy instanceof InPlaceReload other && !other.equals(one)) {
        other.readsFilesOf(release);
      }
    }
  }

  /**
   * Returns the strategies that may carry out a deploy now.
   *
   * @param asked a name, {@link StrategyName#AUTO}, or an empty text for the default
   * @throws RefusedException if none may
   */
  Candidates candidates(String asked) throws RefusedException {
    if (asked.equals(StrategyName.AUTO)) {
      return all();
    }
    ReloadStrategy strategy = required(asked);
    Optional<Obstacle> obstacle = strategy.obstacle();
    if (obstacle.isEmpty()) {
      return new Candidates(strategy.name(), List.of(strategy), List.of());
    }
    String reason = reason(strategy, obstacle.get().reason());
    Optional<ReloadStrategy> instead =
        process().filter(process -> obstacle.get().processInstead() && !process.equals(strategy));
    return new Candidates(
        strategy.name(),
        List.of(
            instead.orElseThrow(() -> new RefusedException(Refusal.STRATEGY_UNAVAILABLE, reason))),
        List.of(reason));
  }

  /**
   * Returns the first candidate that can take a release.
   *
   * @throws ReloadDeclinedException if none can, with the reason of each
   */
  Chosen choose(Candidates candidates, Release running, Release staged)
      throws ReloadDeclinedException {
    List<String> passedOver = new ArrayList<>(candidates.passedOver());
    for (ReloadStrategy strategy : candidates.inOrder()) {
      try {
        strategy.examine(running, staged);
        return new Chosen(strategy, String.join("; ", passedOver));
      } catch (ReloadDeclinedException declined) {
        passedOver.add(reason(strategy, declined.reason()));
      }
    }
    throw new ReloadDeclinedException(String.join("; ", passedOver));
  }

  private Candidates all() throws RefusedException {
    List<ReloadStrategy> usable = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    for (ReloadStrategy strategy : prepared.stream().sorted(AUTOS_ORDER).toList()) {
      Optional<Obstacle> obstacle = strategy.obstacle();
      if (obstacle.isEmpty()) {
        usable.add(strategy);
      } else {
        passedOver.add(reason(strategy, obstacle.get().reason()));
      }
    }
    if (usable.isEmpty()) {
      throw new RefusedException(Refusal.STRATEGY_UNAVAILABLE, String.join("; ", passedOver));
    }
    return new Candidates(StrategyName.AUTO, usable, passedOver);
  }

  private ReloadStrategy required(String name) throws RefusedException {
    Optional<ReloadStrategy> found = name.isEmpty() ? prepared.stream().findFirst() : named(name);
    return found.orElseThrow(
        () ->
            new RefusedException(
                Refusal.UNKNOWN_STRATEGY,
                StrategyName.missingBecause(name, names(), notPrepared).orElseThrow()));
  }

  private static String reason(ReloadStrategy strategy, String reason) {
    return StrategyName.scoped(strategy.name(), reason);
  }
}
