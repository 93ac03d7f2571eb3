package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.HeldConnectionsBenchmark;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The table of deploys under load: which of its rows are measured.
 *
 * @param ways those of them that fit a service
 * @param services all of them
 * @param connections kinds of them; a service that keeps none has no row for keep-alive
 * @param loads requests a second
 * @param deploys of a row, where connections are held
 * @param compared deploys of a row of the other ways
 * @param hold for how long connections are held
 * @param brief whether to leave out what differs least: the other ways are measured under the usual
 *     load and with new connections alone, other loads by one deploy with those, and the largest
 *     service under one load
 */
record HeldTable(
    List<Way> ways,
    List<ServiceKind> services,
    List<String> connections,
    List<Integer> loads,
    int deploys,
    int compared,
    String hold,
    boolean brief) {

  private static final int USUAL_LOAD = 500;

  /** Two cores cannot serve more while the service starts. */
  private static final int MOST_OF_SPRING = 200;

  HeldTable {
    ways = List.copyOf(ways);
    services = List.copyOf(services);
    connections = List.copyOf(connections);
    loads = List.copyOf(loads);
  }

  /** Returns the runs; those that are to be compared follow each other. */
  Plan plan() {
    List<PlannedRun> runs = new ArrayList<>();
    for (ServiceKind service : services) {
      for (String kind : connections) {
        if (kind.equals(HeldConnectionsBenchmark.KEEP_ALIVE) && !service.keepsAlive()) {
          continue;
        }
        for (int load : loads) {
          ways.stream()
              .filter(way -> way.fits(service))
              .filter(way -> !brief || isTelling(service, way, kind, load))
              .forEach(way -> runs.add(run(way, service, kind, load)));
        }
      }
    }
    return new Plan("held", runs);
  }

  private static boolean isTelling(ServiceKind service, Way way, String kind, int load) {
    if (service == ServiceKind.SPRING && load > MOST_OF_SPRING) {
      return false;
    }
    boolean usual = load == usualLoad(service);
    return kind.equals(HeldConnectionsBenchmark.NEW)
        ? way == Way.HELD || usual
        : way == Way.HELD && usual;
  }

  private static int usualLoad(ServiceKind service) {
    return service == ServiceKind.SPRING ? MOST_OF_SPRING : USUAL_LOAD;
  }

  private int deploys(ServiceKind service, Way way, int load) {
    if (way != Way.HELD) {
      return compared;
    }
    return brief && load != usualLoad(service) ? 1 : deploys;
  }

  private PlannedRun run(Way way, ServiceKind service, String kind, int load) {
    return PlannedRun.of(
        BenchmarkName.HELD,
        HeldConnectionsBenchmark.class,
        PlannedRun.ONLY_METHOD,
        deploys(service, way, load),
        Map.of(
            "way",
            way.label(),
            "service",
            service.label(),
            "connections",
            kind,
            "load",
            Integer.toString(load),
            "hold",
            hold));
  }
}
