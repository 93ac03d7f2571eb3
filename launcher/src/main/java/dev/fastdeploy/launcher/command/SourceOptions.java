package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.source.FleetSource;
import dev.fastdeploy.launcher.fleet.source.FleetSources;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The sources that know a fleet's instances. */
final class SourceOptions {

  /** The option's name. */
  static final String FLEET = "--fleet";

  @Option(
      names = FLEET,
      paramLabel = "SOURCE",
      description =
          "source that knows the instances: host:port,… file:PATH exec:COMMAND"
              + " k8s:NAMESPACE/SERVICE ecs:CLUSTER/SERVICE redis://HOST/KEY; repeatable")
  private List<String> sources = new ArrayList<>();

  /** Returns whether a source was given. */
  boolean given() {
    return !sources.isEmpty();
  }

  /**
   * Opens the sources, which the caller closes. Nothing is asked yet.
   *
   * @throws IllegalArgumentException if one is not understood, or none is given, with a message for
   *     the user
   */
  List<FleetSource> open() {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no fleet is given; name its source with --fleet");
    }
    return open(sources.stream().map(String::strip).distinct().toList());
  }

  /** Opens the sources with these texts. */
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
