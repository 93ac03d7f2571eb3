package dev.fastdeploy.agent.reload.module;

import dev.fastdeploy.contract.JavaWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options that the {@code java} launcher got before the main class. The JVM itself only knows
 * the result, with wildcards expanded and argument files read.
 *
 * @param options each option and its value, with argument files read
 * @param argumentFiles the files that it named, as written
 */
record JavaCommand(List<String> options, List<String> argumentFiles) {

  private static final String AGENT = "-javaagent:";

  JavaCommand {
    options = List.copyOf(options);
    argumentFiles = List.copyOf(argumentFiles);
  }

  /** Returns the command of this process, empty if it cannot be read. */
  static JavaCommand ofThisProcess() {
    try {
      String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
      List<String> words = Arrays.asList(line.split("\0", -1));
      return of(words.subList(1, words.size()), System.getenv(), Path.of(""));
    } catch (IOException | IllegalArgumentException unreadable) {
      return new JavaCommand(List.of(), List.of());
    }
  }

  /**
   * Reads a command.
   *
   * @param arguments arguments of the java launcher, without its own name
   * @param environment the environment, which may hold more of them
   * @param directory the directory that argument files are relative to
   * @throws IOException if an argument file cannot be read
   */
  static JavaCommand of(List<String> arguments, Map<String, String> environment, Path directory)
      throws IOException {
    Reading reading = new Reading(directory);
    reading.addAll(ArgumentFile.words(environment.getOrDefault("JDK_JAVA_OPTIONS", "")));
    reading.addAll(arguments);
    // The JVM reads this one before the command. None of its options is the launcher's.
    List<String> options =
        new ArrayList<>(ArgumentFile.words(environment.getOrDefault("JAVA_TOOL_OPTIONS", "")));
    options.addAll(reading.options);
    return new JavaCommand(options, reading.files);
  }

  /** Returns the class path as written, or empty if it was not. */
  Optional<String> classPath() {
    Optional<String> found = Optional.empty();
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      if (JavaWords.CLASS_PATH.contains(option) && i + 1 < options.size()) {
        found = Optional.of(options.get(i + 1));
      } else if (option.startsWith(JavaWords.CLASS_PATH_EQUALS)) {
        found = Optional.of(option.substring(JavaWords.CLASS_PATH_EQUALS.length()));
      }
    }
    return found;
  }

  /** Returns the jars of all agents, which the JVM appends to the class path. */
  List<String> agentJars() {
    return options.stream()
        .filter(option -> option.startsWith(AGENT))
        .map(option -> option.substring(AGENT.length()).split("=", 2)[0])
        .toList();
  }

  /** Ends at the main class, as the launcher does: the rest is the application's. */
  private static final class Reading {

    private final Path directory;
    private final List<String> options = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private boolean expand = true;
    private boolean valueNext;
    private boolean over;

    Reading(Path directory) {
      this.directory = directory;
    }

    void addAll(List<String> arguments) throws IOException {
      for (String argument : arguments) {
        if (over) {
          return;
        }
        if (expand && argument.startsWith("@") && !argument.startsWith("@@")) {
          addFile(argument.substring(1));
        } else {
          add(argument.startsWith("@@") ? argument.substring(1) : argument);
        }
      }
    }

    private void addFile(String name) throws IOException {
      files.add(name);
      for (String word : ArgumentFile.words(Files.readString(directory.resolve(name)))) {
        if (!over) {
          add(word);
        }
      }
    }

    private void add(String argument) {
      if (valueNext) {
        valueNext = false;
        options.add(argument);
      } else if (argument.startsWith("-")) {
        options.add(argument);
        valueNext = JavaWords.WITH_VALUE.contains(argument);
        expand &= !argument.equals("--disable-@files");
      } else {
        over = true;
      }
    }
  }
}
