package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.rollout.Application;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.time.Duration;
import java.util.Optional;

/**
 * A rolling update.
 *
 * @param tasks the desired count of the service, at least 1
 * @param deployment how many may change at a time
 * @param api how fast tasks may be launched
 * @param schedulerInterval from one look of the service scheduler to the next; zero if it sees each
 *     change at once
 * @param placement what happens to a task that finds no room
 * @param capacity of the cluster
 * @param agent when a placed task is started
 * @param launch of a container
 * @param healthCheck of a task
 * @param healthReport from one report of an agent about the health of its tasks to the next
 * @param stop of a task
 * @param loadBalancer in front of the service
 * @param application that the tasks run
 */
public record EcsParameters(
    int tasks,
    Deployment deployment,
    ApiLimits api,
    Duration schedulerInterval,
    Placement placement,
    Capacity capacity,
    AgentBehaviour agent,
    Launch launch,
    HealthCheck healthCheck,
    Duration healthReport,
    Stop stop,
    Optional<LoadBalancer> loadBalancer,
    Application application) {

  /**
   * @throws IllegalArgumentException if no task could ever be replaced, or the health check would
   *     kill the application while it starts
   */
  public EcsParameters {
    if (tasks < 1) {
      throw new IllegalArgumentException("a service of " + tasks + " tasks has nothing to deploy");
    }
    int room = Math.min(deployment.most(tasks), capacity.places(tasks)) - tasks;
    if (room < 1 && deployment.fewest(tasks) == tasks) {
      throw new IllegalArgumentException(
          "a service of "
              + tasks
              + " tasks that must all stay healthy has no room for another; allow fewer, or give"
              + " the cluster more room");
    }
    healthCheck.mustBearWith(application.restartTimes().restart());
  }

  /** The same without a part of the delay. */
  public EcsParameters without(Term term) {
    Builder changed = change();
    switch (term) {
      case API_RATE -> changed.api(ApiLimits.NONE);
      case CAPACITY -> changed.capacity(new Capacity(100, capacity.tasksPerInstance()));
      case PLACEMENT -> changed.placement(Placement.ALWAYS).agent(AgentBehaviour.WAITS_FOR_ROOM);
      case SCHEDULER -> changed.schedulerInterval(Duration.ZERO);
      case FETCH -> changed.launch(new Launch(Distribution.NONE, launch.create()));
      case START ->
          changed
              .launch(new Launch(launch.pull(), Distribution.NONE))
              .application(application.withRestart(Distribution.NONE));
      case HEALTH_CHECK ->
          changed
              .healthCheck(new HealthCheck.None(Duration.ZERO))
              .loadBalancer(loadBalancer.map(LoadBalancer::withoutCheck));
      case STOP ->
          changed
              .stop(new Stop(Duration.ZERO))
              .loadBalancer(loadBalancer.map(LoadBalancer::withoutDeregistration));
    }
    return changed.build();
  }

  /** The same, to be changed. */
  public Builder change() {
    return new Builder(this);
  }

  /** Changes some parameters and leaves the others. Not thread-safe. */
  public static final class Builder {
    private int tasks;
    private Deployment deployment;
    private ApiLimits api;
    private Duration schedulerInterval;
    private Placement placement;
    private Capacity capacity;
    private AgentBehaviour agent;
    private Launch launch;
    private HealthCheck healthCheck;
    private Duration healthReport;
    private Stop stop;
    private Optional<LoadBalancer> loadBalancer;
    private Application application;

    private Builder(EcsParameters from) {
      tasks = from.tasks;
      deployment = from.deployment;
      api = from.api;
      schedulerInterval = from.schedulerInterval;
      placement = from.placement;
      capacity = from.capacity;
      agent = from.agent;
      launch = from.launch;
      healthCheck = from.healthCheck;
      healthReport = from.healthReport;
      stop = from.stop;
      loadBalancer = from.loadBalancer;
      application = from.application;
    }

    /** Another tasks. */
    public Builder tasks(int other) {
      tasks = other;
      return this;
    }

    /** Another deployment. */
    public Builder deployment(Deployment other) {
      deployment = other;
      return this;
    }

    /** Another api. */
    public Builder api(ApiLimits other) {
      api = other;
      return this;
    }

    /** Another schedulerInterval. */
    public Builder schedulerInterval(Duration other) {
      schedulerInterval = other;
      return this;
    }

    /** Another placement. */
    public Builder placement(Placement other) {
      placement = other;
      return this;
    }

    /** Another capacity. */
    public Builder capacity(Capacity other) {
      capacity = other;
      return this;
    }

    /** Another agent. */
    public Builder agent(AgentBehaviour other) {
      agent = other;
      return this;
    }

    /** Another launch. */
    public Builder launch(Launch other) {
      launch = other;
      return this;
    }

    /** Another healthCheck. */
    public Builder healthCheck(HealthCheck other) {
      healthCheck = other;
      return this;
    }

    /** Another healthReport. */
    public Builder healthReport(Duration other) {
      healthReport = other;
      return this;
    }

    /** Another stop. */
    public Builder stop(Stop other) {
      stop = other;
      return this;
    }

    /** Another loadBalancer. */
    public Builder loadBalancer(Optional<LoadBalancer> other) {
      loadBalancer = other;
      return this;
    }

    /** Another application. */
    public Builder application(Application other) {
      application = other;
      return this;
    }

    /**
     * Returns the parameters.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public EcsParameters build() {
      return new EcsParameters(
          tasks,
          deployment,
          api,
          schedulerInterval,
          placement,
          capacity,
          agent,
          launch,
          healthCheck,
          healthReport,
          stop,
          loadBalancer,
          application);
    }
  }
}
