package dev.fastdeploy.launcher.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the commands that are to run before the service's first start. */
final class InitTasks {

  private static final String SHELL = "/bin/sh";

  private InitTasks() {}

  /**
   * Starts one, by the shell, with the launcher's own streams.
   *
   * @throws IOException if it cannot be started, with a message for the user
   */
  static Process start(String command, Path directory, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(List.of(SHELL, "-c", command));
    builder.directory(directory.toFile());
    builder.environment().putAll(environment);
    InjectedOptions.removeKept(builder.environment());
    try {
      return builder.inheritIO().start();
    } catch (IOException cannotStart) {
      throw new IOException(
          "the init task '" + command + "' cannot be started: " + cannotStart.getMessage(),
          cannotStart);
    }
  }
}
