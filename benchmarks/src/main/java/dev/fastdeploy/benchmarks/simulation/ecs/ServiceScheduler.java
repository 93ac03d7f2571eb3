package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.Draws;
import dev.fastdeploy.benchmarks.simulation.event.EventQueue;
import dev.fastdeploy.benchmarks.simulation.rollout.Tally;

/**
 * The service scheduler: looks at the service at an interval, stops old tasks whose replacement is
 * healthy, or as many as may be missing where there is no room for replacements, and launches new
 * ones as far as the limits allow. Not thread-safe.
 */
final class ServiceScheduler {

  private static final long NEVER = Long.MAX_VALUE;

  private final EventQueue events;
  private final EcsParameters parameters;
  private final Draws draws;
  private final Tally tally;
  private final Cluster cluster;
  private final LaunchApi api;
  private final RoomSearch roomSearch;
  private final int desired;
  private final int fewest;
  private final int most;
  private int oldRunning;
  private int launched;
  private int placed;
  private int granted;
  private int healthy;
  private long lookIsDue = NEVER;

  ServiceScheduler(EventQueue events, EcsParameters parameters, Draws draws, Tally tally) {
    this.events = events;
    this.parameters = parameters;
    this.draws = draws;
    this.tally = tally;
    desired = parameters.tasks();
    fewest = parameters.deployment().fewest(desired);
    most = parameters.deployment().most(desired);
    oldRunning = desired;
    cluster = new Cluster(events, parameters);
    api = new LaunchApi(parameters.api(), desired);
    roomSearch = new RoomSearch(parameters.placement());
  }

  /** The service is updated to the new revision. */
  void begin() {
    lookAt(0);
  }

  private void look() {
    lookIsDue = NEVER;
    stopOldTasks();
    launchNewTasks();
    if (looksAtIntervals() && !finished()) {
      lookSoon();
    }
  }

  private boolean looksAtIntervals() {
    return !parameters.schedulerInterval().isZero();
  }

  private boolean finished() {
    return oldRunning == 0 && launched == desired;
  }

  private void stopOldTasks() {
    int mayBeMissing = oldRunning + healthy - fewest;
    int replaced = oldRunning + healthy - desired;
    int withoutRoom = desired - launched - Math.max(0, Math.min(belowMaximum(), room()));
    int stop = Math.min(oldRunning, Math.min(mayBeMissing, Math.max(replaced, withoutRoom)));
    for (int i = 0; i < stop; i++) {
      stopOldTask();
    }
  }

  private void stopOldTask() {
    int task = desired - oldRunning;
    oldRunning--;
    tally.oldDrains(events.now());
    long deregistered =
        parameters
            .loadBalancer()
            .map(balancer -> balancer.deregistrationDelay().toMillis())
            .orElse(0L);
    long drain = parameters.application().drain().millis(draws.of(EcsDraw.DRAIN, task));
    long stopped = events.now() + deregistered + parameters.stop().millis(drain);
    events.at(stopped, () -> tally.oldEnds(events.now()));
    cluster.stops(cluster.instanceOf(task), stopped);
    placeWaiting();
  }

  private void launchNewTasks() {
    int wanted = Math.min(desired - launched, belowMaximum());
    if (wanted <= 0) {
      return;
    }
    int launch = Math.min(wanted, room() + Math.max(0, roomSearch.mayWait() - waiting()));
    if (!roomSearch.pauses(events.now(), launch > 0)) {
      launch(launch);
    }
    if (!looksAtIntervals()) {
      roomSearch.nextLook(events.now()).ifPresent(this::lookAt);
    }
  }

  private void launch(int tasks) {
    for (int left = tasks; left > 0; ) {
      int call = Math.min(left, parameters.api().tasksPerCall());
      launched += call;
      left -= call;
      events.at(api.granted(events.now(), call), () -> callGranted(call));
    }
  }

  private void callGranted(int tasks) {
    granted += tasks;
    placeWaiting();
  }

  private void placeWaiting() {
    while (placed < granted && cluster.free() > 0) {
      placeTask();
    }
  }

  private void placeTask() {
    int number = placed++;
    ContainerInstance instance = cluster.roomiest();
    NewTask task =
        new NewTask(events, parameters, draws, tally, number, instance, this::reportedHealthy);
    cluster.place(instance, task::begin);
  }

  private void reportedHealthy() {
    healthy++;
    lookSoon();
  }

  /** Returns how many more may be RUNNING or PENDING. */
  private int belowMaximum() {
    return most - oldRunning - launched;
  }

  /** Returns how many more the cluster has room for, apart from those that have been launched. */
  private int room() {
    return Math.max(0, cluster.free() - (launched - placed));
  }

  /** Returns how many have been launched and find no room. */
  private int waiting() {
    return Math.max(0, launched - placed - cluster.free());
  }

  /** Looks at the next time that the interval allows. */
  private void lookSoon() {
    long interval = parameters.schedulerInterval().toMillis();
    lookAt(interval == 0 ? events.now() : (events.now() / interval + 1) * interval);
  }

  private void lookAt(long time) {
    if (time < lookIsDue) {
      lookIsDue = time;
      events.at(time, () -> lookUnlessDone(time));
    }
  }

  private void lookUnlessDone(long time) {
    if (lookIsDue == time) {
      look();
    }
  }
}
