package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.fleet.Faults;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.InstanceKind;
import dev.fastdeploy.benchmarks.sample.Results;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.supervision.Peer;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds samples in results by what they measured.
 *
 * @param results all that was measured
 */
record Measured(Results results) {

  private static final String WITHOUT_LOAD = "0";

  /** Single reloads, with or without load. */
  Selection reloads(Way way, ServiceKind service, boolean loaded) {
    return select(
        BenchmarkName.RELOAD,
        way,
        service,
        sample -> !sample.parameter("load").equals(WITHOUT_LOAD) == loaded);
  }

  /** Requests a second of the reloads under load; empty if there was none. */
  String load() {
    return results.samples().stream()
        .filter(sample -> sample.benchmark().equals(BenchmarkName.RELOAD))
        .map(sample -> sample.parameter("load"))
        .filter(load -> !load.equals(WITHOUT_LOAD))
        .findFirst()
        .orElse("");
  }

  /** One reload after the other; the sample of number 0 is from before the first. */
  Selection series(Way way, ServiceKind service) {
    return select(BenchmarkName.SERIES, way, service, sample -> true);
  }

  /** One reload of a series. */
  Selection series(Way way, ServiceKind service, int number) {
    return select(BenchmarkName.SERIES, way, service, sample -> sample.number() == number);
  }

  /** Reloads to a kind of commit. */
  Selection kinds(Way way, ServiceKind service, Change change) {
    return select(
        BenchmarkName.COMMIT_KIND,
        way,
        service,
        sample -> sample.parameter("change").equals(change.label()));
  }

  /** Stagings. */
  Selection stagings(String source, String kind, String method) {
    return select(BenchmarkName.STAGING, Map.of("source", source, "kind", kind, "method", method));
  }

  /** Rounds of a service with so much of fastdeploy. */
  Selection instances(ServiceKind service, InstanceKind kind) {
    return select(
        BenchmarkName.INSTANCE, Map.of("service", service.label(), "instance", kind.label()));
  }

  /** Rounds of a supervisor. */
  Selection supervisors(Peer peer) {
    return select(BenchmarkName.SUPERVISOR, Map.of("supervisor", peer.label()));
  }

  /** Deploys of a fleet with sockets. */
  Selection fleet(int members, Faults faults) {
    return select(
        BenchmarkName.FLEET,
        Map.of("members", Integer.toString(members), "faults", faults.label()));
  }

  /** The sizes of fleets with sockets, rising. */
  List<Integer> fleetSizes() {
    return sizes(BenchmarkName.FLEET);
  }

  /** What the JVM of a fleet's command was given; empty if nothing. */
  String fleetFlags() {
    return results.samples().stream()
        .filter(sample -> sample.benchmark().equals(BenchmarkName.FLEET))
        .map(sample -> sample.parameter("flags"))
        .findFirst()
        .orElse("");
  }

  /** Deploys of a simulated fleet. */
  Selection planned(int members) {
    return select(BenchmarkName.FLEET_PLAN, Map.of("members", Integer.toString(members)));
  }

  /** The sizes of simulated fleets, rising. */
  List<Integer> plannedSizes() {
    return sizes(BenchmarkName.FLEET_PLAN);
  }

  private List<Integer> sizes(String benchmark) {
    return results.samples().stream()
        .filter(sample -> sample.benchmark().equals(benchmark))
        .map(sample -> Integer.valueOf(sample.parameter("members")))
        .distinct()
        .sorted()
        .toList();
  }

  /** The ways of which a benchmark tried any with a service. */
  List<Way> ways(String benchmark, ServiceKind service) {
    return Arrays.stream(Way.values())
        .filter(way -> !select(benchmark, way, service, sample -> true).isEmpty())
        .toList();
  }

  /** The services with which a benchmark tried any way. */
  List<ServiceKind> services(String benchmark) {
    return Arrays.stream(ServiceKind.values())
        .filter(service -> !ways(benchmark, service).isEmpty())
        .toList();
  }

  /** The kinds of commit that were tried with a service. */
  List<Change> changes(ServiceKind service) {
    return Arrays.stream(Change.values())
        .filter(
            change ->
                ways(BenchmarkName.COMMIT_KIND, service).stream()
                    .anyMatch(way -> !kinds(way, service, change).isEmpty()))
        .toList();
  }

  private Selection select(
      String benchmark, Way way, ServiceKind service, Predicate<Sample> wanted) {
    Map<String, String> parameters = Map.of("strategy", way.label(), "service", service.label());
    return new Selection(select(benchmark, parameters).samples().stream().filter(wanted).toList());
  }

  private Selection select(String benchmark, Map<String, String> parameters) {
    return new Selection(
        results.samples().stream()
            .filter(sample -> sample.benchmark().equals(benchmark))
            .filter(sample -> sample.parameters().entrySet().containsAll(parameters.entrySet()))
            .toList());
  }
}
