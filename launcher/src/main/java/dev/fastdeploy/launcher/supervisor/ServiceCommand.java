package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The service's command line, made anew for each release: {@code {release}} becomes its directory,
 * and a command whose base name is {@code java} gets the agent.
 */
final class ServiceCommand {

  private static final String PLACEHOLDER = "{release}";

  private final List<String> words;
  private final boolean withAgent;
  private final Path jar;

  /**
   * @param words the command as it was given
   * @param agent whether a Java command gets the agent
   * @param jar {@code fastdeploy.jar}, which is the agent
   */
  ServiceCommand(List<String> words, boolean agent, Path jar) {
    this.words = List.copyOf(words);
    this.withAgent = agent && isJava(words.get(0));
    this.jar = jar;
  }

  /** Whether the service is started with the agent. */
  boolean hasAgent() {
    return withAgent;
  }

  /** The command line for a release. */
  List<String> line(Release release) {
    List<String> line = new ArrayList<>();
    for (String word : words) {
      line.add(word.replace(PLACEHOLDER, release.directory().toString()));
      if (line.size() == 1 && withAgent) {
        line.add("-javaagent:" + jar);
      }
    }
    return line;
  }

  /**
   * Refuses a command that names the image release's own directory: it would run the image's code
   * after every deploy.
   *
   * @param image the image release's directory as it was given
   * @throws IllegalArgumentException if it does, with a message for the user
   */
  void requireNoPathInto(Path image) throws IOException {
    Set<String> names =
        Set.copyOf(
            List.of(image.toAbsolutePath().normalize().toString(), image.toRealPath().toString()));
    for (String word : words) {
      for (String name : names) {
        if (pointsInto(word, name)) {
          throw new IllegalArgumentException(
              "'"
                  + word
                  + "' points into the image release '"
                  + name
                  + "' and would run its code after every deploy; write a relative path, or "
                  + PLACEHOLDER
                  + " in its place");
        }
      }
    }
  }

  private static boolean pointsInto(String word, String directory) {
    for (int at = word.indexOf(directory); at >= 0; at = word.indexOf(directory, at + 1)) {
      int after = at + directory.length();
      boolean begins = at == 0 || "=:,;@ \"'".indexOf(word.charAt(at - 1)) >= 0;
      boolean ends = after == word.length() || "/:,; \"'".indexOf(word.charAt(after)) >= 0;
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }

  private static boolean isJava(String program) {
    Path name = Path.of(program).getFileName();
    return name != null && name.toString().equals("java");
  }
}
