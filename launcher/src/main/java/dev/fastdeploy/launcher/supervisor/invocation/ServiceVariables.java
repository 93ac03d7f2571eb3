package dev.fastdeploy.launcher.supervisor.invocation;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.configuration.EnvFile;
import dev.fastdeploy.launcher.supervisor.configuration.GivenEnvironment;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that a user gives the service, made anew for each start. */
@SupervisorThread
public final class ServiceVariables {

  private final GivenEnvironment given;
  private @Nullable Map<String, String> lastRead;

  public ServiceVariables(GivenEnvironment given) {
    this.given = given;
  }

  /**
   * Returns the variables of a service. A file that can no longer be read must not keep the service
   * down: the values of the previous start are used, and one line says so.
   *
   * @throws IllegalArgumentException if the file was never read, with a message for the user
   */
  public Map<String, String> forService(Release release) {
    if (given.file().isPresent()) {
      lastRead = read(given.file().get());
    }
    return variables(release);
  }

  /**
   * Returns the variables of an init task. The task may write the file.
   *
   * @throws IllegalArgumentException if the file is there and wrong, with a message for the user
   */
  public Map<String, String> forInitTask(Release release) {
    return given.file().filter(EnvFile::exists).isPresent()
        ? forService(release)
        : variables(release);
  }

  private Map<String, String> read(EnvFile file) {
    try {
      return file.read();
    } catch (IOException failure) {
      if (lastRead == null) {
        throw new IllegalArgumentException(failure.getMessage(), failure);
      }
      Diagnostics.say(failure.getMessage() + ". The service gets what was read before");
      return lastRead;
    }
  }

  private Map<String, String> variables(Release release) {
    Map<String, String> variables = new LinkedHashMap<>(given.injected());
    if (lastRead != null) {
      variables.putAll(lastRead);
    }
    given.set().forEach(variable -> variables.put(variable.name(), variable.expanded(release)));
    return variables;
  }
}
