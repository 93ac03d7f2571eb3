package dev.fastdeploy.launcher.supervisor.invocation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A guess at why a JVM ended with 1 before its agent was heard of. A JVM that must use an archive
 * of classes, and cannot because that was made without an agent, ends so, and says only that the
 * archive does not fit.
 */
public final class ArchiveHint {

  private static final int CANNOT_START = 1;

  /** Options that require an archive, and options that name one. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:AOTMode=on",
          "-Xshare:on",
          "-XX:+AutoCreateSharedArchive",
          "-XX:AOTCache=",
          "-XX:AOTCacheOutput=",
          "-XX:SharedArchiveFile=",
          "-XX:ArchiveClassesAtExit=");

  private ArchiveHint() {}

  /**
   * Returns the possible reason.
   *
   * @param line the command line
   * @param variables the service's variables
   * @param directory the directory in which it was started
   * @return empty if no such option is there
   */
  public static Optional<String> of(
      int code, List<String> line, Map<String, String> variables, Path directory) {
    if (code != CANNOT_START) {
      return Optional.empty();
    }
    List<String> said = JvmOptions.said(line, variables, directory);
    return OPTIONS.stream()
        .filter(option -> said.stream().anyMatch(text -> text.contains(option)))
        .findFirst()
        .map(
            option ->
                "the JVM ended before its agent reported, and its options have "
                    + option
                    + ": an archive of classes that was made without an agent does not fit; make it"
                    + " with --add-modules java.instrument, or omit the option");
  }
}
