package dev.fastdeploy.launcher.supervisor.archive;

import dev.fastdeploy.contract.JavaWords;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command line of {@code java}, read as the program itself reads it (its man page): options, some
 * of which take the next word, then the main class, {@code -jar} with a file or {@code -m} with a
 * module, then the application's own words.
 *
 * @param words the program and all words after it
 */
public record JavaCommandLine(List<String> words) {

  private static final Set<String> MODULE = Set.of("-m", "--module");

  /** Options whose value, the next word, tells where classes are. */
  private static final Set<String> WITH_PLACES =
      Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--upgrade-module-path");

  /** The beginnings of words that tell where classes are. */
  private static final List<String> BEFORE_PLACES =
      List.of(
          JavaWords.CLASS_PATH_EQUALS,
          "--module-path=",
          "--upgrade-module-path=",
          "--patch-module",
          "-Djava.class.path=",
          "-Xbootclasspath");

  /** The longest word that Linux passes to a program, with some room (execve(2)). */
  private static final int LONGEST_WORD = 120 * 1024;

  public JavaCommandLine {
    words = List.copyOf(words);
  }

  /** Returns the words between the program and the application's own, with what names the main. */
  public List<String> options() {
    return words.subList(1, end());
  }

  private int end() {
    int at = 1;
    while (at < words.size()) {
      String word = words.get(at);
      if (MODULE.contains(word)) {
        return Math.min(at + 2, words.size());
      } else if (word.startsWith("--module=") || !isOption(word)) {
        return at + 1;
      }
      at += JavaWords.WITH_VALUE.contains(word) ? 2 : 1;
    }
    return words.size();
  }

  private static boolean isOption(String word) {
    return word.startsWith("-") || word.startsWith("@");
  }

  /** Returns the words that tell where classes are: class path, module path, the jar. */
  public List<String> places() {
    List<String> places = new ArrayList<>();
    int end = end();
    for (int at = 1; at < end; at++) {
      String word = words.get(at);
      if (WITH_PLACES.contains(word) && at + 1 < end) {
        at++;
        places.add(words.get(at));
      } else if (BEFORE_PLACES.stream().anyMatch(word::startsWith)) {
        places.add(word);
      }
    }
    if (end > 1 && words.subList(1, end).contains("-jar")) {
      places.add(words.get(end - 1));
    }
    return List.copyOf(places);
  }

  /** Returns true if a text of several words may have one that tells where classes are. */
  static boolean mayTellPlaces(String text) {
    return Arrays.stream(text.strip().split("\\s+", -1))
        .anyMatch(
            word ->
                word.equals("-jar")
                    || WITH_PLACES.contains(word)
                    || BEFORE_PLACES.stream().anyMatch(word::startsWith));
  }

  /**
   * Returns the line with each directory of jars on its class path ({@code lib/*}) as the sorted
   * list of these jars: the program lists them as the file system does, which differs between
   * machines, and an archive depends on the order.
   *
   * @param directory the directory in which it is started
   * @return empty if there is no such directory on the class path
   * @throws IOException if the jars cannot be listed, or are too many for a word of a command line
   */
  public Optional<JavaCommandLine> sorted(Path directory) throws IOException {
    List<String> sorted = new ArrayList<>(words);
    int end = end();
    for (int at = 1; at < end; at++) {
      String word = words.get(at);
      if (JavaWords.CLASS_PATH.contains(word) && at + 1 < end) {
        at++;
        sorted.set(at, sorted(words.get(at), directory));
      } else if (word.startsWith(JavaWords.CLASS_PATH_EQUALS)) {
        sorted.set(
            at,
            JavaWords.CLASS_PATH_EQUALS
                + sorted(word.substring(JavaWords.CLASS_PATH_EQUALS.length()), directory));
      }
    }
    return sorted.equals(words) ? Optional.empty() : Optional.of(new JavaCommandLine(sorted));
  }

  private static String sorted(String classPath, Path directory) throws IOException {
    List<String> elements = new ArrayList<>();
    for (String element : classPath.split(":", -1)) {
      if (element.equals("*") || element.endsWith("/*")) {
        elements.addAll(jars(element.substring(0, element.length() - 1), directory));
      } else {
        elements.add(element);
      }
    }
    String path = String.join(":", elements);
    if (path.length() > LONGEST_WORD) {
      throw new IOException("the class path is too long for a command line when it is written out");
    }
    return path;
  }

  /** As the program's own {@code wildcard.c} expands it: it keeps what names no jars. */
  private static List<String> jars(String prefix, Path directory) throws IOException {
    List<String> jars = new ArrayList<>();
    try {
      Path folder = directory.resolve(prefix.isEmpty() ? "." : prefix);
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{jar,JAR}")) {
          for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            if (!name.contains(":")) {
              jars.add(prefix + name);
            }
          }
        }
      }
    } catch (InvalidPathException unreadable) {
      // This locale cannot name it; the program may.
    }
    jars.sort(null);
    return jars.isEmpty() ? List.of(prefix + "*") : jars;
  }
}
