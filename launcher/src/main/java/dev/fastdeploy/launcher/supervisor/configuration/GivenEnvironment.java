package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that a user wants in the service's environment. Later ones win.
 *
 * @param injected options of the JVM that the platform injects
 * @param file variables that may differ at each start
 * @param set variables that may differ for each release
 */
public record GivenEnvironment(
    Map<String, String> injected, Optional<EnvFile> file, List<EnvironmentVariable> set) {

  /**
   * Returns the configured variables.
   *
   * @param assignments those of the options; empty to use the value of the setting
   * @param launcher the launcher's own environment
   * @throws IllegalArgumentException if an assignment is not one, with a message for the user
   */
  public static GivenEnvironment of(
      Settings settings, List<String> assignments, Map<String, String> launcher) {
    List<String> said =
        assignments.isEmpty() ? settings.said(Setting.SET_ENV).stream().toList() : assignments;
    List<EnvironmentVariable> set = new ArrayList<>();
    for (String assignment : said) {
      set.add(variable(assignment));
    }
    return new GivenEnvironment(
        InjectedOptions.forTheService(launcher),
        settings
            .said(Setting.ENV_FILE)
            .map(Setting.ENV_FILE::path)
            .map(Path::toAbsolutePath)
            .map(EnvFile::new),
        List.copyOf(set));
  }

  private static EnvironmentVariable variable(String assignment) {
    try {
      return EnvironmentVariable.parse(assignment);
    } catch (IllegalArgumentException bad) {
      String name = assignment.split("=", 2)[0];
      throw new IllegalArgumentException(
          Setting.SET_ENV.option()
              + " '"
              + Text.shortened(name, 60)
              + (name.equals(assignment) ? "" : "=…")
              + "': "
              + bad.getMessage(),
          bad);
    }
  }
}
