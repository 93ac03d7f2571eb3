package dev.fastdeploy.launcher.supervisor.follow;

import dev.fastdeploy.contract.FollowWords;
import dev.fastdeploy.contract.HelperJvm;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The way in which a container asks the record of its environment what to start: by a short-lived
 * JVM of its own. The launcher has neither the memory nor the libraries to read a store.
 *
 * @param command the command of that JVM; {@link FollowAnswer} reads what it prints
 * @param toStage the time that it may take once it has begun to lay out a release
 * @param grace the time beyond that for its work, before it is killed
 * @param pause the least time between two questions, if nothing else may be started
 */
public record RecordQuestion(
    List<String> command, Duration toStage, Duration grace, Duration pause) {

  /** The time for a JVM to start and to end on a busy machine, and for calls that are under way. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  /**
   * Returns the question of a launcher; it is never asked if nothing is followed.
   *
   * @param jar {@code fastdeploy.jar}
   * @param own the launcher's own system properties
   */
  public static RecordQuestion of(RunOptions options, Path jar, Properties own) {
    if (options.follow().isEmpty()) {
      return new RecordQuestion(List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
    Settings settings = options.settings();
    List<String> command = new ArrayList<>(HelperJvm.command());
    Properties connections = HelperJvm.connections(own);
    for (String name : connections.stringPropertyNames()) {
      command.add("-D" + name + "=" + connections.getProperty(name));
    }
    for (Setting setting : Setting.values()) {
      if (setting.isReadBy(Setting.Reader.FOLLOWER)) {
        settings
            .said(setting)
            .ifPresent(value -> command.add("-D" + setting.property() + "=" + value));
      }
    }
    command.addAll(List.of("-jar", jar.toString(), FollowWords.COMMAND));
    return new RecordQuestion(
        List.copyOf(command), settings.requiredDuration(Setting.STAGING_TIMEOUT), GRACE, PAUSE);
  }
}
