package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.FleetPlanner;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows a deploy through its record, from any machine that can read the store: the journal, fed
 * to a planner of the same plan, produces the same events. Used by one thread.
 */
public final class Follower {

  /** The time between two looks. The owner appends every two seconds at most. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final EnvironmentRecord record;
  private final Consumer<Event> listener;

  /**
   * @param listener receives the events, in order
   */
  public Follower(EnvironmentRecord record, Consumer<Event> listener) {
    this.record = record;
    this.listener = listener;
  }

  /**
   * Reports the past events, then new ones, until the deploy has ended or somebody else has taken
   * the environment.
   *
   * @param epoch an epoch of the deploy
   * @return the last epoch of the deploy, which has ended
   * @throws InterruptedException if the thread was interrupted
   */
  public Epoch follow(Epoch epoch) throws IOException, InterruptedException {
    Plan plan = Objects.requireNonNull(epoch.beginning().plan());
    FleetPlanner planner = FleetPlanner.start(plan, epoch.beginning().before().images(), 0);
    tell(planner.actions());
    Epoch now = record.first(epoch);
    int known = 0;
    while (true) {
      // In this order, so that what was appended before the end is reported before it.
      boolean over = !now.isOpen();
      List<List<Action.Entry>> news = record.segments(now.number(), known);
      for (List<Action.Entry> segment : news) {
        segment.forEach(entry -> tell(planner.on(entry.input(), entry.at())));
      }
      known += news.size();
      if (over) {
        Optional<Epoch> next =
            record.epoch(now.number() + 1).filter(one -> isOf(plan.deploy(), one));
        if (next.isEmpty()) {
          return now;
        }
        now = next.get();
        known = 0;
      } else {
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        now = record.epoch(now.number()).orElseThrow();
      }
    }
  }

  private static boolean isOf(DeployId deploy, Epoch epoch) {
    return deploy.equals(epoch.beginning().deploy());
  }

  private void tell(List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.Say say) {
        listener.accept(say.event());
      }
    }
  }
}
