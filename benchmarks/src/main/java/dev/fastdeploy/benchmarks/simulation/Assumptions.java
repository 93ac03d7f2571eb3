package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.ecs.Capacity;
import dev.fastdeploy.benchmarks.simulation.ecs.Deployment;
import dev.fastdeploy.benchmarks.simulation.ecs.EcsParameters;
import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.fastdeploy.FastdeployParameters;
import dev.fastdeploy.benchmarks.simulation.rollout.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows how the result changes with parameters that are not published and had to be assumed. */
final class Assumptions {

  private final Scenario scenario;
  private final EcsParameters ecs;
  private final FastdeployParameters fastdeploy;
  private final Summary deployedAsAssumed;
  private final List<Variant> variants = new ArrayList<>();

  private Assumptions(Scenario scenario) {
    this.scenario = scenario;
    ecs = scenario.ecs();
    fastdeploy = scenario.fastdeploy();
    deployedAsAssumed = scenario.fleetDeploy(fastdeploy).summary();
  }

  static List<Variant> of(Scenario scenario) {
    Assumptions assumptions = new Assumptions(scenario);
    assumptions.varyAll();
    return List.copyOf(assumptions.variants);
  }

  private void varyAll() {
    vary("as assumed", "", ecs, fastdeploy);
    for (int spare : new int[] {10, 20, 33, 50}) {
      vary(
          "room for " + spare + " % more tasks",
          "instead of " + ecs.capacity().sparePercent() + " %",
          ecs.change().capacity(new Capacity(spare, ecs.capacity().tasksPerInstance())).build(),
          fastdeploy);
    }
    vary(
        "no load balancer",
        "the container's health check alone, no deregistration",
        ecs.change().loadBalancer(Optional.empty()).build(),
        fastdeploy);
    vary(
        "no load balancer, room for 10 % more tasks",
        "both",
        ecs.change()
            .loadBalancer(Optional.empty())
            .capacity(new Capacity(10, ecs.capacity().tasksPerInstance()))
            .build(),
        fastdeploy);
    vary(
        "half of the tasks may be missing",
        "minimum healthy percent 50, the console's default in 2019, instead of 100",
        ecs.change().deployment(new Deployment(50, 200)).build(),
        fastdeploy);
    for (int mean : new int[] {5, 90}) {
      varyDrain(mean);
    }
    vary(
        "5 tasks an instance",
        "instead of " + ecs.capacity().tasksPerInstance(),
        ecs.change().capacity(new Capacity(ecs.capacity().sparePercent(), 5)).build(),
        fastdeploy);
  }

  private void varyDrain(int seconds) {
    Distribution drain = new Distribution.Exponential(Duration.ofSeconds(seconds));
    vary(
        "work in flight takes " + seconds + " s on average",
        "instead of " + ecs.application().drain().text(),
        ecs.change().application(ecs.application().withDrain(drain)).build(),
        fastdeploy.withApplication(fastdeploy.application().withDrain(drain)));
  }

  private void vary(
      String name, String remark, EcsParameters changed, FastdeployParameters deployed) {
    variants.add(
        new Variant(
            name,
            remark,
            scenario.rollingUpdate(changed).summary(),
            deployed.equals(fastdeploy)
                ? deployedAsAssumed
                : scenario.fleetDeploy(deployed).summary()));
  }
}
