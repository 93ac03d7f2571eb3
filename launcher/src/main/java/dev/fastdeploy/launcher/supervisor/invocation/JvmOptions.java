package dev.fastdeploy.launcher.supervisor.invocation;

import dev.fastdeploy.contract.HelperJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects everything from which a service's JVM takes options. */
public final class JvmOptions {

  private static final long LONGEST_FILE = 64 * 1024;

  private JvmOptions() {}

  /**
   * Returns what is said to the JVM besides the words of its command line: the content of argument
   * files and the variables that every JVM reads.
   *
   * @param line the command line
   * @param variables the service's variables
   * @param directory the directory in which it is started
   */
  public static List<String> besides(
      List<String> line, Map<String, String> variables, Path directory) {
    List<String> all = said(line, variables, directory);
    return List.copyOf(all.subList(line.size(), all.size()));
  }

  /**
   * Returns the words of a command line, the content of its argument files, and the values of the
   * variables that every JVM reads.
   *
   * @param line the command line
   * @param variables the service's variables
   * @param directory the directory in which it is started
   */
  public static List<String> said(
      List<String> line, Map<String, String> variables, Path directory) {
    List<String> said = new ArrayList<>(line);
    for (String word : line) {
      if (word.startsWith("@") && word.length() > 1) {
        said.add(file(directory, word.substring(1)));
      }
    }
    for (String name : HelperJvm.OPTION_VARIABLES) {
      said.add(variables.getOrDefault(name, ""));
    }
    return said;
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
