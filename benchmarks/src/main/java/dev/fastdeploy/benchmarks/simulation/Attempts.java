package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.ecs.Capacity;
import dev.fastdeploy.benchmarks.simulation.ecs.EcsParameters;
import dev.fastdeploy.benchmarks.simulation.ecs.HealthCheck;
import dev.fastdeploy.benchmarks.simulation.ecs.Launch;
import dev.fastdeploy.benchmarks.simulation.ecs.LoadBalancer;
import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.rollout.Application;
import dev.fastdeploy.benchmarks.simulation.rollout.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The attempts before the original system kept its containers, and their simulated effect. */
final class Attempts {

  private static final int HALF = 50;

  private final Scenario scenario;
  private final EcsParameters asItWas;
  private final Summary fastdeploy;
  private final List<Variant> variants = new ArrayList<>();

  private Attempts(Scenario scenario) {
    this.scenario = scenario;
    asItWas = scenario.ecs();
    fastdeploy = scenario.fleetDeploy(scenario.fastdeploy()).summary();
  }

  static List<Variant> of(Scenario scenario) {
    Attempts attempts = new Attempts(scenario);
    attempts.tryAll();
    return List.copyOf(attempts.variants);
  }

  private void tryAll() {
    attempt("none", "", ecs -> ecs);
    attempt(
        "tighter health checks",
        "both checks every 5 s, 2 successes; a hiccup takes tasks out",
        Attempts::tighterHealthChecks);
    attempt(
        "more instances", "room for twice the tasks: 60 % more machines", Attempts::moreInstances);
    attempt(
        "faster start-up",
        "image and application start in half the time: work on the service",
        Attempts::fasterStartUp);
    attempt(
        "fewer containers",
        "a quarter as many, four times the size: work on the service",
        Attempts::fewerContainers);
    attempt("all four", "all of that", Attempts::allFour);
    attempt(
        "all four, and targets leave in 5 s",
        "and requests that take longer are cut off",
        ecs -> targetsLeaveInFiveSeconds(allFour(ecs)));
  }

  private void attempt(String name, String price, UnaryOperator<EcsParameters> change) {
    Summary changed = scenario.rollingUpdate(change.apply(asItWas)).summary();
    variants.add(new Variant(name, price, changed, fastdeploy));
  }

  private static EcsParameters tighterHealthChecks(EcsParameters ecs) {
    Duration interval = Duration.ofSeconds(5);
    return ecs.change()
        .healthCheck(
            new HealthCheck.Container(interval, Duration.ofSeconds(2), 2, Duration.ofMinutes(5)))
        .loadBalancer(
            ecs.loadBalancer()
                .map(balancer -> new LoadBalancer(interval, 2, balancer.deregistrationDelay())))
        .build();
  }

  private static EcsParameters moreInstances(EcsParameters ecs) {
    return ecs.change().capacity(new Capacity(100, ecs.capacity().tasksPerInstance())).build();
  }

  private static EcsParameters fasterStartUp(EcsParameters ecs) {
    Application application = ecs.application();
    Distribution restart = new Distribution.Part(application.restartTimes().restart(), HALF);
    Distribution pull = new Distribution.Part(ecs.launch().pull(), HALF);
    return ecs.change()
        .application(application.withRestart(restart))
        .launch(new Launch(pull, ecs.launch().create()))
        .build();
  }

  private static EcsParameters fewerContainers(EcsParameters ecs) {
    Capacity capacity = ecs.capacity();
    return ecs.change()
        .tasks(Math.max(Scenario.FEWEST_TASKS, ecs.tasks() / 4))
        .capacity(
            new Capacity(capacity.sparePercent(), Math.max(1, capacity.tasksPerInstance() / 4)))
        .build();
  }

  private static EcsParameters allFour(EcsParameters ecs) {
    return fewerContainers(fasterStartUp(moreInstances(tighterHealthChecks(ecs))));
  }

  private static EcsParameters targetsLeaveInFiveSeconds(EcsParameters ecs) {
    return ecs.change()
        .loadBalancer(
            ecs.loadBalancer()
                .map(
                    balancer ->
                        new LoadBalancer(
                            balancer.interval(),
                            balancer.healthyThreshold(),
                            Duration.ofSeconds(5))))
        .build();
  }
}
