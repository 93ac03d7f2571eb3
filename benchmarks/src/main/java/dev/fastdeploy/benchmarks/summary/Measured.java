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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds samples in results by what they measured.
 *
 * @param results all measurements
 */
record Measured(Results results) {

  private static final String WITHOUT_LOAD = "0";

  private static final List<String> HELD =
      List.of("service", "connections", "load", "java", "strategy");

  /** Returns single reloads, with or without load. */
  Selection reloads(Way way, ServiceKind service, boolean loaded) {
    return select(
        BenchmarkName.RELOAD,
        way,
        service,
        sample -> !sample.parameter("load").equals(WITHOUT_LOAD) == loaded);
  }

  /**
   * Returns the requests per second of the reloads under load, or an empty string if there was no
   * load.
   */
  String load() {
    return results.samples().stream()
        .filter(sample -> sample.benchmark().equals(BenchmarkName.RELOAD))
        .map(sample -> sample.parameter("load"))
        .filter(load -> !load.equals(WITHOUT_LOAD))
        .findFirst()
        .orElse("");
  }

  /** Returns a series of reloads; the sample with number 0 is from before the first. */
  Selection series(Way way, ServiceKind service) {
    return select(BenchmarkName.SERIES, way, service, sample -> true);
  }

  /** Returns one reload of a series. */
  Selection series(Way way, ServiceKind service, int number) {
    return select(BenchmarkName.SERIES, way, service, sample -> sample.number() == number);
  }

  /** Returns the reloads to a kind of commit. */
  Selection kinds(Way way, ServiceKind service, Change change) {
    return select(
        BenchmarkName.COMMIT_KIND,
        way,
        service,
        sample -> sample.parameter("change").equals(change.label()));
  }

  /** Returns stagings. */
  Selection stagings(String source, String kind, String method) {
    return select(BenchmarkName.STAGING, Map.of("source", source, "kind", kind, "method", method));
  }

  /** Returns the rounds of a service with a part of fastdeploy. */
  Selection instances(ServiceKind service, InstanceKind kind) {
    return select(
        BenchmarkName.INSTANCE, Map.of("service", service.label(), "instance", kind.label()));
  }

  /** Returns the rounds of a supervisor. */
  Selection supervisors(Peer peer) {
    return select(BenchmarkName.SUPERVISOR, Map.of("supervisor", peer.label()));
  }

  /** Returns the deploys under one load, in the order in which they were measured. */
  List<HeldRow> held() {
    Map<List<String>, List<Sample>> rows = new LinkedHashMap<>();
    for (Sample sample : results.samples()) {
      if (sample.benchmark().equals(BenchmarkName.HELD)) {
        List<String> key = HELD.stream().map(sample::parameter).toList();
        rows.computeIfAbsent(key, absent -> new ArrayList<>()).add(sample);
      }
    }
    return rows.values().stream()
        .map(samples -> HeldRow.of(samples.get(0), new Selection(samples)))
        .toList();
  }

  /** Returns the deploys with clients that last over them. */
  List<Sample> slowClients() {
    return results.samples().stream()
        .filter(sample -> sample.benchmark().equals(BenchmarkName.SLOW_CLIENTS))
        .toList();
  }

  /** Returns deploys of a fleet with sockets. */
  Selection fleet(int members, Faults faults) {
    return select(
        BenchmarkName.FLEET,
        Map.of("members", Integer.toString(members), "faults", faults.label()));
  }

  /** Returns the sizes of fleets with sockets, rising. */
  List<Integer> fleetSizes() {
    return sizes(BenchmarkName.FLEET);
  }

  /** Returns the JVM flags of a fleet's command, or an empty string. */
  String fleetFlags() {
    return results.samples().stream()
        .filter(sample -> sample.benchmark().equals(BenchmarkName.FLEET))
        .map(sample -> sample.parameter("flags"))
        .findFirst()
        .orElse("");
  }

  /** Returns deploys of a simulated fleet. */
  Selection planned(int members) {
    return select(BenchmarkName.FLEET_PLAN, Map.of("members", Integer.toString(members)));
  }

  /** Returns the sizes of simulated fleets, rising. */
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

  /** Returns the ways that a benchmark tried with a service. */
  List<Way> ways(String benchmark, ServiceKind service) {
    return Arrays.stream(Way.values())
        .filter(way -> !select(benchmark, way, service, sample -> true).isEmpty())
        .toList();
  }

  /** Returns the services with which a benchmark tried any way. */
  List<ServiceKind> services(String benchmark) {
    return Arrays.stream(ServiceKind.values())
        .filter(service -> !ways(benchmark, service).isEmpty())
        .toList();
  }

  /** Returns the kinds of commit that were tried with a service. */
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
