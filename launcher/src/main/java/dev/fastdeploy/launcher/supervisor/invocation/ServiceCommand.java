package dev.fastdeploy.launcher.supervisor.invocation;

import dev.fastdeploy.contract.AgentVia;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.process.JavaProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The service's command line, made anew for each release: {@code {release}} becomes its directory,
 * and a command whose base name is {@code java} gets the agent. Any other command gets it from the
 * environment, if at all.
 */
public final class ServiceCommand {

  private static final String PLACEHOLDER = "{release}";
  private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

  private final List<String> words;
  private final AgentPlace agent;
  private final String agentOption;

  private enum AgentPlace {
    NONE,
    ARGUMENT,
    ENVIRONMENT
  }

  /**
   * @param words the command as it was given
   * @param agent whether a Java command gets the agent
   * @param jar {@code fastdeploy.jar}, which is the agent
   */
  public ServiceCommand(List<String> words, boolean agent, Path jar) {
    this(
        words,
        agent && JavaProgram.isJava(words.get(0)) ? AgentPlace.ARGUMENT : AgentPlace.NONE,
        "-javaagent:" + jar);
  }

  private ServiceCommand(List<String> words, AgentPlace agent, String agentOption) {
    this.words = List.copyOf(words);
    this.agent = agent;
    this.agentOption = agentOption;
  }

  /**
   * Returns the command that {@code run} was given.
   *
   * @param jar {@code fastdeploy.jar}, which is the agent
   * @throws IllegalArgumentException if the agent cannot be put in the requested way, with a
   *     message for the user
   */
  public static ServiceCommand of(RunOptions options, Path jar) {
    return options.service().agent() && options.service().agentVia() == AgentVia.ENVIRONMENT
        ? new ServiceCommand(options.service().command(), AgentPlace.ENVIRONMENT, toolOption(jar))
        : new ServiceCommand(options.service().command(), options.service().agent(), jar);
  }

  /** Quotes an option. HotSpot removes quotes and knows no escapes. */
  private static String toolOption(Path jar) {
    String option = "-javaagent:" + jar;
    boolean plain =
        option.chars().noneMatch(c -> Character.isWhitespace(c) || c == '\'' || c == '"');
    if (plain) {
      return option;
    }
    if (option.indexOf('"') < 0) {
      return '"' + option + '"';
    }
    if (option.indexOf('\'') < 0) {
      return "'" + option + "'";
    }
    throw new IllegalArgumentException(
        "'"
            + jar
            + "' has both kinds of quotes in its path, which "
            + TOOL_OPTIONS
            + " cannot name; move it");
  }

  /** Returns true if the service is started with the agent. */
  public boolean hasAgent() {
    return agent != AgentPlace.NONE;
  }

  /**
   * Puts the agent into the service's variables if that is its way in, before the present value: a
   * quote that somebody forgot to close would swallow it.
   */
  public void addAgent(Map<String, String> variables) {
    if (agent == AgentPlace.ENVIRONMENT) {
      variables.merge(TOOL_OPTIONS, agentOption, (others, ours) -> ours + " " + others);
    }
  }

  /** Returns the command line for a release. */
  public List<String> line(Release release) {
    List<String> line = new ArrayList<>();
    for (String word : words) {
      line.add(word.replace(PLACEHOLDER, release.directory().toString()));
      if (line.size() == 1 && agent == AgentPlace.ARGUMENT) {
        line.add(agentOption);
      }
    }
    return line;
  }

  /** Returns the command line for a release without the agent. */
  public List<String> ownLine(Release release) {
    return words.stream()
        .map(word -> word.replace(PLACEHOLDER, release.directory().toString()))
        .toList();
  }

  /** Returns the command as it was given, without the placeholders of the release's directory. */
  public List<String> relativeWords() {
    List<String> relative = new ArrayList<>();
    for (String word : words) {
      relative.add(word.replace(PLACEHOLDER, "."));
    }
    return relative;
  }

  /**
   * Refuses a command that names the image release's own directory: it would run the image's code
   * after every deploy.
   *
   * @param image the image release's directory as it was given
   * @throws IllegalArgumentException if it does, with a message for the user
   */
  public void requireNoPathInto(Path image) throws IOException {
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
}
