package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.source.FleetSource;
import dev.fastdeploy.launcher.fleet.source.FleetSources;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a fleet's instances are known. */
final class SourceOptions {

  @Option(
      names = "--fleet",
      paramLabel = "SOURCE",
      description =
          "where the instances are known: host:port,… file:PATH exec:COMMAND k8s:NAMESPACE/SERVICE"
              + " ecs:CLUSTER/SERVICE redis://HOST/KEY; repeatable")
  private List<String> sources = new ArrayList<>();

  /** Whether a fleet was named by its sources. */
  boolean given() {
    return !sources.isEmpty();
  }

  /**
   * The sources, to be closed; nothing is asked yet.
   *
   * @throws IllegalArgumentException if one is not understood, or none is given, with a message for
   *     the user
   */
  List<FleetSource> open() {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException(
          "no fleet is given; say where its instances are known with --fleet");
    }
    return open(sources.stream().map(String::strip).distinct().toList());
  }

  /** The same, by texts. */
  static List<FleetSource> open(List<String> texts) {
    List<FleetSource> open = new ArrayList<>();
    try {
      for (String source : texts) {
        open.add(FleetSources.parse(source));
      }
      return open;
    } catch (IllegalArgumentException wrong) {
      open.forEach(FleetSource::close);
      throw wrong;
    }
  }
}
