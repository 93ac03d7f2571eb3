package dev.fastdeploy.launcher.supervisor.invocation;

import dev.fastdeploy.launcher.supervisor.process.JavaProgram;
import dev.fastdeploy.launcher.supervisor.process.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises a JVM that ended with 1 before its agent was heard of because its Java runtime has no
 * module for agents. A runtime lists its modules in the file {@code release}, which is read only
 * then.
 */
public final class AgentModule {

  private static final String NAME = "java.instrument";
  private static final int CANNOT_START = 1;
  private static final long LONGEST_FILE = 64 * 1024;
  private static final String MODULES = "MODULES=";

  private AgentModule() {}

  /**
   * Returns that reason if it applies.
   *
   * @param line the command line
   * @param variables the service's variables besides this process's own
   * @param directory the directory in which it was started
   * @return empty if the runtime has the module, or does not say
   */
  public static Optional<String> missing(
      int code, List<String> line, Map<String, String> variables, Path directory) {
    if (code != CANNOT_START) {
      return Optional.empty();
    }
    try {
      Optional<Path> java =
          JavaProgram.isJava(line.get(0))
              ? JavaProgram.find(line.get(0), directory)
              : ofScript(variables, directory);
      Path home = java.isEmpty() ? null : JavaProgram.home(java.get());
      return home == null || !lacksIt(home.resolve("release"))
          ? Optional.empty()
          : Optional.of(
              "the JVM ended before its agent reported: the Java runtime '"
                  + home
                  + "' lacks the module "
                  + NAME
                  + ", without which no agent runs; add it to --add-modules of jlink, or say"
                  + " --no-agent");
    } catch (IOException | InvalidPathException untold) {
      return Optional.empty();
    }
  }

  /** Returns the program that a start script most likely runs. */
  private static Optional<Path> ofScript(Map<String, String> variables, Path directory) {
    String home = variable(variables, "JAVA_HOME");
    return home.isEmpty()
        ? JavaProgram.find(new SearchPath(variable(variables, "PATH")))
        : Optional.of(JavaProgram.of(directory.resolve(home)));
  }

  private static String variable(Map<String, String> variables, String name) {
    return variables.getOrDefault(name, System.getenv().getOrDefault(name, ""));
  }

  private static boolean lacksIt(Path release) throws IOException {
    if (!Files.isRegularFile(release) || Files.size(release) > LONGEST_FILE) {
      return false;
    }
    for (String line : Files.readAllLines(release, StandardCharsets.ISO_8859_1)) {
      if (line.startsWith(MODULES)) {
        String names = line.substring(MODULES.length()).replace("\"", "");
        return !Arrays.asList(names.split(" ", -1)).contains(NAME);
      }
    }
    return false;
  }
}
