package dev.fastdeploy.launcher.supervisor.invocation;

import dev.fastdeploy.contract.RealPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Finds paths that lead into the image release from outside of it, through any links and dots: a
 * service that is given one runs the image's code after every deploy. A path through the link to
 * the current release leads to whatever that is, and does not count.
 */
public final class ImagePaths {

  /** The variables that tell a JVM where to find classes. */
  private static final List<String> VARIABLES =
      List.of("CLASSPATH", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  private static final String SEPARATORS = "=:,;@ \t\r\n\"'";
  private static final int LONGEST_FILE = 1024 * 1024;
  private static final int MOST_LINKS = 40;
  private static final Path ROOT = Path.of("/");

  private final Path image;
  private final Path current;

  /**
   * @param image the image release, which exists
   * @param current the link to the current release, which need not exist
   */
  public ImagePaths(Path image, Path current) {
    this.image = RealPath.of(image);
    Path folder = current.toAbsolutePath().normalize().getParent();
    this.current = folder == null ? current : RealPath.of(folder).resolve(current.getFileName());
  }

  /**
   * Returns the paths that lead there, each in one line.
   *
   * @param words the command
   * @param variable returns the value of a variable of the service; empty if it is not set
   */
  public List<String> warnings(List<String> words, UnaryOperator<String> variable) {
    Map<String, String> places = new LinkedHashMap<>();
    for (String word : words) {
      find(word, "the command's '" + word + "'", places);
    }
    for (String name : VARIABLES) {
      find(variable.apply(name), "the variable " + name, places);
    }
    List<String> warnings = new ArrayList<>();
    places.forEach(
        (path, where) ->
            warnings.add(
                "a deploy will not change what lies at '"
                    + path
                    + "', which leads into the image release ("
                    + where
                    + "); write a path relative to the release, or {release} in its place"));
    return warnings;
  }

  private void find(String text, String where, Map<String, String> places) {
    if (text.isEmpty()) {
      return;
    }
    findParts(text, where, places);
    for (String file : argumentFiles(text)) {
      findParts(content(file), where + ", the file '" + file + "'", places);
    }
  }

  /**
   * Returns the words that begin with an at sign: the java launcher reads more words from there.
   */
  private static List<String> argumentFiles(String text) {
    List<String> files = new ArrayList<>();
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      if (at == 0 || SEPARATORS.indexOf(text.charAt(at - 1)) >= 0) {
        int end = at + 1;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
          end++;
        }
        files.add(text.substring(at + 1, end));
      }
    }
    return files;
  }

  private String content(String file) {
    try {
      Path path = image.resolve(file);
      return Files.isRegularFile(path) && Files.size(path) <= LONGEST_FILE
          ? Files.readString(path, StandardCharsets.ISO_8859_1)
          : "";
    } catch (IOException | InvalidPathException unreadable) {
      // The JVM reports that itself.
      return "";
    }
  }

  /** Looks at one part after the other: a file has more of them than a small heap has room for. */
  private void findParts(String text, String where, Map<String, String> places) {
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || SEPARATORS.indexOf(text.charAt(i)) >= 0) {
        if (i > begin && leadsIn(text.substring(begin, i))) {
          places.putIfAbsent(text.substring(begin, i), where);
        }
        begin = i + 1;
      }
    }
  }

  /** Returns true if a path leaves the release on its way and ends inside it. */
  private boolean leadsIn(String text) {
    boolean absolute = text.startsWith("/");
    if (!absolute && !text.contains("..")) {
      return false;
    }
    try {
      return leadsIn(Path.of(text), absolute);
    } catch (IOException | InvalidPathException notOne) {
      return false;
    }
  }

  /** Follows a path as the kernel does. */
  private boolean leadsIn(Path path, boolean absolute) throws IOException {
    Deque<Path> ahead = new ArrayDeque<>();
    path.forEach(ahead::addLast);
    Path at = absolute ? ROOT : image;
    boolean wasOutside = absolute;
    int links = 0;
    while (!ahead.isEmpty()) {
      Path folder = at;
      at = at.resolve(ahead.removeFirst()).normalize();
      if (Files.isSymbolicLink(at)) {
        if (at.equals(current) || ++links > MOST_LINKS) {
          return false;
        }
        Path target = Files.readSymbolicLink(at);
        at = target.isAbsolute() ? ROOT : folder;
        List<Path> parts = new ArrayList<>();
        target.forEach(parts::add);
        for (int i = parts.size() - 1; i >= 0; i--) {
          ahead.addFirst(parts.get(i));
        }
      }
      wasOutside |= !at.startsWith(image);
    }
    return wasOutside && at.startsWith(image);
  }
}
