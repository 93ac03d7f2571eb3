package dev.fastdeploy.launcher.fleet.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The settings that sources depend on besides the user's text.
 *
 * @param environment the command's environment
 * @param patience how long an answer may take
 * @param settled how long a file must not have changed
 * @param serviceAccount the directory of a pod's service account
 */
record SourceSettings(
    Map<String, String> environment, Duration patience, Duration settled, Path serviceAccount) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static SourceSettings ofThisProcess() {
    return new SourceSettings(
        System.getenv(), PATIENCE, FileOrigin.SETTLED, ServiceAccountApi.MOUNTED);
  }
}
