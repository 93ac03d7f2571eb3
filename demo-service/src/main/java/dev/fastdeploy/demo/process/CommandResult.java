package dev.fastdeploy.demo.process;

import java.util.List;

/**
 * The result of a command.
 *
 * @param exitCode its exit code
 * @param startMillis the time of its start, UTC milliseconds
 * @param endMillis the time by which it had ended, UTC milliseconds
 * @param stdout the lines of its standard output
 * @param stderr the lines of its standard error
 */
public record CommandResult(
    int exitCode, long startMillis, long endMillis, List<String> stdout, List<String> stderr) {

  public CommandResult {
    stdout = List.copyOf(stdout);
    stderr = List.copyOf(stderr);
  }
}
