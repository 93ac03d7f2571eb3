package dev.fastdeploy.launcher.supervisor.archive;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.StrategyName;
import java.util.List;
import java.util.Optional;

/** Finds what keeps a service's JVM from using an archive, or the user from wanting one. */
final class ArchiveObstacle {

  /** Options by which a user decides about archives. */
  private static final List<String> OF_ARCHIVES =
      List.of(
          "-Xshare",
          "-XX:SharedArchiveFile",
          "-XX:ArchiveClassesAtExit",
          "-XX:+AutoCreateSharedArchive",
          "-XX:-UseSharedSpaces",
          "-XX:+RequireSharedSpaces",
          "-XX:+DumpSharedSpaces",
          "-XX:AOT");

  /** Options of agents, which a cache of linked classes hides classes from or does not bear. */
  private static final List<String> OF_AGENTS =
      List.of("-javaagent:", "-agentlib:", "-agentpath:", "-Xrun");

  private static final String ZGC = "-XX:+UseZGC";

  private ArchiveObstacle() {}

  /**
   * Returns the reason.
   *
   * @param options what was said to the JVM: words, variables and the content of argument files
   * @param replacesMain whether a strategy is prepared that changes classes while they are loaded
   * @return part of a sentence; empty if there is none
   */
  static Optional<String> in(List<String> options, ArchiveFormat format, boolean replacesMain) {
    Optional<String> own = first(OF_ARCHIVES, options);
    if (own.isPresent()) {
      return Optional.of("the service's own options have " + own.get());
    }
    if (format != ArchiveFormat.AOT_CACHE) {
      return Optional.empty();
    }
    if (replacesMain || options.stream().anyMatch(ArchiveObstacle::preparesModule)) {
      return Optional.of(
          "the strategy module is prepared, which changes classes while they are loaded, and those"
              + " of an AOT cache are loaded before");
    }
    Optional<String> agent = first(OF_AGENTS, options);
    if (agent.isPresent()) {
      return Optional.of(
          "the service's options have "
              + agent.get()
              + ", and an agent does not see the classes of an AOT cache");
    }
    return first(List.of(ZGC), options)
        .map(option -> "the service's options have " + option + ", which uses no AOT cache");
  }

  /** A property in the command outranks what the launcher was told. */
  private static boolean preparesModule(String text) {
    return text.contains("-D" + Setting.STRATEGIES.property() + "=")
        && text.contains(StrategyName.MODULE);
  }

  private static Optional<String> first(List<String> wanted, List<String> options) {
    return wanted.stream()
        .filter(option -> options.stream().anyMatch(text -> text.contains(option)))
        .findFirst();
  }
}
