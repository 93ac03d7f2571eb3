package dev.fastdeploy.launcher.supervisor.invocation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final long LONGEST_FILE = 64 * 1024;

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

  private static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

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
    List<String> said = new ArrayList<>(line);
    for (String word : line) {
      if (word.startsWith("@") && word.length() > 1) {
        said.add(file(directory, word.substring(1)));
      }
    }
    for (String name : VARIABLES) {
      said.add(variables.getOrDefault(name, ""));
    }
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

  private static String file(Path directory, String name) {
    try {
      Path file = directory.resolve(name);
      return Files.isRegularFile(file) && Files.size(file) <= LONGEST_FILE
          ? Files.readString(file, StandardCharsets.ISO_8859_1)
          : "";
    } catch (IOException | InvalidPathException unreadable) {
      return "";
    }
  }
}
