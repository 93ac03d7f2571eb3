package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.CommitKindBenchmark;
import dev.fastdeploy.benchmarks.InstanceBenchmark;
import dev.fastdeploy.benchmarks.ReloadSeriesBenchmark;
import dev.fastdeploy.benchmarks.ReloadStrategyBenchmark;
import dev.fastdeploy.benchmarks.StagingBenchmark;
import dev.fastdeploy.benchmarks.SupervisorBenchmark;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The runs of a form of the suite.
 *
 * @param form its name
 * @param runs in order
 */
record Plan(String form, List<PlannedRun> runs) {

  /** Requests per second under load: some tenths of what two cores can serve. */
  private static final String LOAD = "200";

  private static final List<Way> KIND_WAYS =
      List.of(Way.PROCESS, Way.MODULE, Way.REDEFINE, Way.DEVTOOLS);

  Plan {
    runs = List.copyOf(runs);
  }

  /**
   * Returns the short form, under ten minutes on two cores: each way once or twice, and the small
   * service's commits.
   */
  static Plan shortForm() {
    List<PlannedRun> runs = new ArrayList<>();
    reloads(runs, ServiceKind.DEMO, 2, 1);
    reloads(runs, ServiceKind.SPRING, 1, 1);
    series(runs, ServiceKind.DEMO, 10);
    kinds(runs, ServiceKind.DEMO, List.of(Change.NEW_METHOD, Change.RESOURCE, Change.JVM_FLAG));
    staging(runs, 1, 3);
    instance(runs, ServiceKind.DEMO, 3);
    supervisors(runs, 5);
    return new Plan("short", runs);
  }

  /** Returns the full form: everything, often enough to see the spread. */
  static Plan fullForm() {
    List<PlannedRun> runs = new ArrayList<>();
    reloads(runs, ServiceKind.DEMO, 5, 3);
    reloads(runs, ServiceKind.SPRING, 3, 2);
    kinds(runs, ServiceKind.DEMO, List.of(Change.values()));
    kinds(runs, ServiceKind.SPRING, List.of(Change.values()));
    staging(runs, 3, 10);
    costs(runs);
    series(runs, ServiceKind.DEMO, 50);
    series(runs, ServiceKind.SPRING, 50);
    return new Plan("full", runs);
  }

  /** Returns the form that measures only the cost of an instance. */
  static Plan instanceForm() {
    List<PlannedRun> runs = new ArrayList<>();
    costs(runs);
    return new Plan("instance", runs);
  }

  private static void costs(List<PlannedRun> runs) {
    instance(runs, ServiceKind.DEMO, 12);
    instance(runs, ServiceKind.SPRING, 6);
    supervisors(runs, 25);
  }

  private static void reloads(
      List<PlannedRun> runs, ServiceKind service, int quiet, int underLoad) {
    for (Way way : ways(service)) {
      runs.add(reload(way, service, "0", quiet));
      runs.add(reload(way, service, LOAD, underLoad));
    }
  }

  private static PlannedRun reload(Way way, ServiceKind service, String load, int invocations) {
    return PlannedRun.of(
        BenchmarkName.RELOAD,
        ReloadStrategyBenchmark.class,
        PlannedRun.ONLY_METHOD,
        invocations,
        Map.of("strategy", way.label(), "service", service.label(), "load", load));
  }

  private static void series(List<PlannedRun> runs, ServiceKind service, int reloads) {
    for (Way way : ways(service)) {
      if (way == Way.ARCHIVE) {
        continue; // It is process, of which a series tells what stays behind.
      }
      runs.add(
          PlannedRun.of(
              BenchmarkName.SERIES,
              ReloadSeriesBenchmark.class,
              PlannedRun.ONLY_METHOD,
              reloads,
              Map.of("strategy", way.label(), "service", service.label())));
    }
  }

  private static void kinds(List<PlannedRun> runs, ServiceKind service, List<Change> changes) {
    for (Change change : changes) {
      for (Way way : KIND_WAYS) {
        if (way.fits(service)) {
          runs.add(
              PlannedRun.of(
                  BenchmarkName.COMMIT_KIND,
                  CommitKindBenchmark.class,
                  PlannedRun.ONLY_METHOD,
                  1,
                  Map.of(
                      "strategy",
                      way.label(),
                      "service",
                      service.label(),
                      "change",
                      change.label())));
        }
      }
    }
  }

  private static void staging(List<PlannedRun> runs, int warmups, int invocations) {
    for (String source : StagingBenchmark.SOURCES) {
      for (String method : StagingBenchmark.METHODS) {
        runs.add(
            PlannedRun.of(
                    BenchmarkName.STAGING,
                    StagingBenchmark.class,
                    method,
                    invocations,
                    Map.of("source", source, "kind", "TAR_GZ"))
                .warmed(warmups));
      }
      runs.add(
          PlannedRun.of(
                  BenchmarkName.STAGING,
                  StagingBenchmark.class,
                  "stage",
                  invocations,
                  Map.of("source", source, "kind", "TAR_ZST"))
              .warmed(warmups));
    }
  }

  private static void instance(List<PlannedRun> runs, ServiceKind service, int rounds) {
    runs.add(
        PlannedRun.of(
            BenchmarkName.INSTANCE,
            InstanceBenchmark.class,
            "round",
            rounds,
            Map.of("service", service.label())));
  }

  private static void supervisors(List<PlannedRun> runs, int rounds) {
    runs.add(
        PlannedRun.of(
            BenchmarkName.SUPERVISOR, SupervisorBenchmark.class, "round", rounds, Map.of()));
  }

  private static List<Way> ways(ServiceKind service) {
    return Arrays.stream(Way.values()).filter(way -> way != Way.HELD && way.fits(service)).toList();
  }
}
