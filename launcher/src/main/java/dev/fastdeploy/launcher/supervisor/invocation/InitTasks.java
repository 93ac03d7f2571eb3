package dev.fastdeploy.launcher.supervisor.invocation;

import dev.fastdeploy.launcher.supervisor.configuration.InjectedOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The commands that are to run before the service's first start. */
public final class InitTasks {

  private static final String SHELL = "/bin/sh";

  private InitTasks() {}

  /** Returns a builder of one of them: the shell parses the command. */
  public static ProcessBuilder builder(
      String command, Path directory, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(List.of(SHELL, "-c", "--", command));
    builder.directory(directory.toFile());
    InjectedOptions.restoreLocale(builder.environment());
    builder.environment().putAll(environment);
    InjectedOptions.removeKept(builder.environment());
    return builder;
  }
}
