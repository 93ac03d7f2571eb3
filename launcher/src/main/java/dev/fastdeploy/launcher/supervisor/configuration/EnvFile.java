package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Setting;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of variables in the format of container engines: one {@code NAME=VALUE} per line, the
 * value as it is, without quoting and expansion; empty lines and lines that begin with {@code #}
 * are ignored. If a name appears twice, the later line wins.
 *
 * @param path absolute, since the launcher's directory is not the service's
 */
public record EnvFile(Path path) {

  /** Returns true if the file exists. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read or has a bad line, with a message for the user
   */
  public Map<String, String> read() throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripLeading();
      if (!line.isEmpty() && !line.startsWith("#")) {
        EnvironmentVariable variable = variable(line, i + 1);
        variables.put(variable.name(), variable.value());
      }
    }
    return variables;
  }

  private List<String> lines() throws IOException {
    try {
      return Files.readAllLines(path);
    } catch (CharacterCodingException binary) {
      throw new IOException(
          "the env file '" + path + "' is not UTF-8 text; write NAME=VALUE lines", binary);
    } catch (IOException unreadable) {
      throw new IOException(
          "the env file '"
              + path
              + "' cannot be read ("
              + Diagnostics.reason(unreadable)
              + "); create it, or omit "
              + Setting.ENV_FILE.option(),
          unreadable);
    }
  }

  private EnvironmentVariable variable(String line, int number) throws IOException {
    try {
      return EnvironmentVariable.parse(line);
    } catch (IllegalArgumentException bad) {
      throw new IOException(
          "the env file '"
              + path
              + "', line "
              + number
              + ": "
              + bad.getMessage()
              + ". Correct the line, or put # before it",
          bad);
    }
  }
}
