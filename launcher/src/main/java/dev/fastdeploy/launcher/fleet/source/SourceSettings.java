package dev.fastdeploy.launcher.fleet.source;

import java.time.Duration;
import java.util.Map;

/**
 * What sources depend on beside what the user wrote.
 *
 * @param environment of the command
 * @param patience how long an answer may take
 * @param settled how long a file must have been left alone
 */
record SourceSettings(Map<String, String> environment, Duration patience, Duration settled) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static SourceSettings ofThisProcess() {
    return new SourceSettings(System.getenv(), PATIENCE, FileOrigin.SETTLED);
  }
}
