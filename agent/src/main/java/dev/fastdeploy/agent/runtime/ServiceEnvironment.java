package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts that the launcher gives this process in its environment.
 *
 * @param channel the launcher's socket
 * @param commit commit of the running release
 * @param release real path of the running release
 * @param instance host name, or the ECS task
 */
record ServiceEnvironment(
    @Nullable Path channel,
    @Nullable Home home,
    @Nullable Commit commit,
    @Nullable Path release,
    String instance) {

  /** The variable in which the launcher passes the task from the ECS metadata. */
  private static final String ECS_TASK = "FASTDEPLOY_ECS_TASK_ARN";

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  static ServiceEnvironment of(Settings settings, Map<String, String> environment) {
    String channel = environment.get(ProcessContract.CHANNEL);
    String commit = environment.get(ProcessContract.COMMIT);
    String release = environment.get(ProcessContract.RELEASE);
    return new ServiceEnvironment(
        channel == null ? null : Path.of(channel),
        settings.text(Setting.HOME).map(Path::of).map(Home::new).orElse(null),
        commit == null ? null : new Commit(commit),
        release == null ? null : Path.of(release),
        instance(environment));
  }

  private static String instance(Map<String, String> environment) {
    String task = environment.get(ECS_TASK);
    if (task != null && !task.isEmpty()) {
      return task.substring(task.lastIndexOf('/') + 1);
    }
    try {
      // Not from InetAddress, which may ask a name server.
      return Files.readString(HOST_NAME, StandardCharsets.UTF_8).strip();
    } catch (IOException unknown) {
      return environment.getOrDefault("HOSTNAME", "unknown");
    }
  }
}
