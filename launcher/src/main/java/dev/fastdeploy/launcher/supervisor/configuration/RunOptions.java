package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.AgentVia;
import dev.fastdeploy.contract.ApplicationName;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Readiness;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.StrategyName;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.supervisor.health.HealthAddress;
import dev.fastdeploy.launcher.supervisor.output.LogFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The arguments of {@code run}: options, then {@code --}, then the service's command.
 *
 * @param settings all settings; those for the agent are passed on
 * @param home the home
 * @param follow the environment whose stable release a container starts; empty for what it has
 */
public record RunOptions(
    Settings settings,
    Path home,
    ImageOptions image,
    ServiceOptions service,
    ProbationOptions probation,
    EndOptions end,
    RestartOptions restart,
    PlatformOptions platform,
    Optional<FollowOptions> follow) {

  /**
   * The release in the image.
   *
   * @param release its directory
   */
  public record ImageOptions(Path release, Commit commit) {}

  /**
   * The way to start the service.
   *
   * @param init commands to run before the first start
   * @param environment the variables for the service's environment
   * @param agent true if a Java service gets the agent
   * @param agentVia the way in which it gets the agent
   * @param archive whether it gets the archive of classes that its release has
   */
  public record ServiceOptions(
      List<String> command,
      List<String> init,
      GivenEnvironment environment,
      boolean agent,
      AgentVia agentVia,
      ArchiveUse archive) {}

  /**
   * The criteria that a new release must meet.
   *
   * @param readiness the probe that asks the service for its readiness, if there is one
   * @param readyAfter the time that a service must have run to count as ready, if that is the
   *     criterion
   * @param readyTimeout the time that it may take to become ready
   * @param soak the time for which it must stay ready
   */
  public record ProbationOptions(
      Optional<Readiness> readiness,
      Optional<Duration> readyAfter,
      Duration readyTimeout,
      Duration soak) {

    /**
     * Returns true if a new release's readiness can be determined; otherwise nothing is deployed.
     */
    public boolean tellsReadiness() {
      return readiness.isPresent() || readyAfter.isPresent();
    }
  }

  /**
   * The way to end the service.
   *
   * @param preDrain the time for which it goes on serving, unready, after a stop was requested
   * @param holdConnections the time for which clients may wait during a reload; zero if they do not
   * @param drainTimeout the time that it may take to drain for a reload
   * @param stopTimeout the time that it may take to stop
   * @param stopExitZero true if a service that obeyed TERM ends the launcher with 0
   * @param endLeftovers true if what it left running is ended before its next start
   * @param signalGroup true if signals go to all its processes
   */
  public record EndOptions(
      Duration preDrain,
      Duration holdConnections,
      Duration drainTimeout,
      Duration stopTimeout,
      boolean stopExitZero,
      boolean endLeftovers,
      boolean signalGroup) {}

  /**
   * The conditions for starting a service again that has ended.
   *
   * @param reloadExitCode the code by which a service without an agent asks for that
   * @param reloadByCode true if that code was configured explicitly
   * @param policy the reaction to a crash after probation
   */
  public record RestartOptions(int reloadExitCode, boolean reloadByCode, RestartPolicy policy) {}

  /**
   * The options for the exchange with the platform.
   *
   * @param health the address at which it may ask whether the instance is live and ready
   * @param logFormat the form in which lines come out
   * @param ecsTimeout the time that ECS may take to describe the task
   */
  public record PlatformOptions(
      Optional<HealthAddress> health, LogFormat logFormat, Duration ecsTimeout) {}

  /** Returns the text of {@code run --help}. */
  public static String help() {
    String options =
        Arrays.stream(Setting.values())
            .filter(Setting::isLauncherOption)
            .map(
                setting ->
                    String.format(
                        "  %-27s %s%s",
                        setting.option(),
                        setting.purpose(),
                        setting.defaultValue().map(value -> " (" + value + ")").orElse("")))
            .collect(Collectors.joining("\n"));
    return "Usage: java -jar fastdeploy.jar run --home DIR --release DIR --commit ID [options]"
        + " -- COMMAND…\n"
        + "Starts a service and keeps its container while the code in it is replaced.\n\n"
        + options
        + "\n  --no-agent                  the same as --agent false\n\n"
        + "{release} in COMMAND is the running release's directory, which is also the working"
        + " directory.\nThe service gets the launcher's environment, then --env-file, then"
        + " --set-env; the later wins.\n";
  }

  /**
   * Parses the arguments after {@code run}.
   *
   * @throws IllegalArgumentException if they are wrong, with a message for the user
   */
  public static RunOptions parse(
      List<String> arguments, Properties properties, Map<String, String> environment) {
    int end = arguments.indexOf("--");
    if (end < 0 || end == arguments.size() - 1) {
      throw new IllegalArgumentException(
          "the service's command is missing; write it after '--', like: run … -- java -jar"
              + " app.jar");
    }
    Map<Setting, String> explicit = new EnumMap<>(Setting.class);
    List<String> init = new ArrayList<>();
    List<String> setEnv = new ArrayList<>();
    Map<Setting, List<String>> repeatable = Map.of(Setting.INIT, init, Setting.SET_ENV, setEnv);
    readOptions(arguments.subList(0, end), explicit, repeatable);
    Settings settings = new Settings(explicit, properties, environment);
    Optional<FollowOptions> follow = FollowOptions.of(settings);
    if (follow.isPresent()) {
      // A container that follows an environment belongs to it.
      explicit.put(Setting.ENV, follow.get().environment().name());
      settings = new Settings(explicit, properties, environment);
    }
    if (init.isEmpty()) {
      settings.said(Setting.INIT).ifPresent(init::add);
    }
    requireTimeToBecomeReady(settings);
    requireTimeToStop(settings);
    requireKnownStrategies(settings);
    requirePaths(settings);
    // Checked here because otherwise the first to fail is a deploy, perhaps weeks later.
    Optional<ApplicationName> unusedApp = ApplicationName.of(settings);
    Optional<EnvironmentName> unusedEnvironment = EnvironmentName.of(settings);
    return new RunOptions(
        settings,
        Setting.HOME.path(settings.required(Setting.HOME)),
        new ImageOptions(
            existingDirectory(settings.required(Setting.RELEASE)),
            new Commit(settings.required(Setting.COMMIT))),
        new ServiceOptions(
            List.copyOf(arguments.subList(end + 1, arguments.size())),
            Collections.unmodifiableList(init),
            GivenEnvironment.of(settings, setEnv, environment),
            settings.flag(Setting.AGENT),
            AgentVia.of(settings),
            ArchiveUse.of(settings)),
        new ProbationOptions(
            settings.text(Setting.READY).map(Readiness::parse),
            settings.duration(Setting.READY_AFTER),
            settings.requiredDuration(Setting.READY_TIMEOUT),
            settings.requiredDuration(Setting.SOAK)),
        new EndOptions(
            settings.requiredDuration(Setting.PRE_DRAIN),
            settings.requiredDuration(Setting.HOLD_CONNECTIONS),
            settings.requiredDuration(Setting.DRAIN_TIMEOUT),
            settings.requiredDuration(Setting.STOP_TIMEOUT),
            settings.flag(Setting.STOP_EXIT_ZERO),
            endsLeftovers(settings.required(Setting.LEFTOVERS)),
            settings.flag(Setting.SIGNAL_GROUP)),
        new RestartOptions(
            (int) settings.number(Setting.RELOAD_EXIT_CODE, 1, 255),
            settings.said(Setting.RELOAD_EXIT_CODE).isPresent(),
            RestartPolicy.parse(settings.required(Setting.RESTART))),
        new PlatformOptions(
            settings.text(Setting.HEALTH).map(HealthAddress::parse),
            LogFormat.parse(settings.required(Setting.LOG_FORMAT)),
            settings.requiredDuration(Setting.ECS_TIMEOUT)),
        follow);
  }

  private static void requireTimeToBecomeReady(Settings settings) {
    Duration timeout = settings.requiredDuration(Setting.READY_TIMEOUT);
    if (timeout.isZero()) {
      throw new IllegalArgumentException(
          Setting.READY_TIMEOUT.option()
              + " '"
              + settings.shown(Setting.READY_TIMEOUT)
              + "' leaves a new release no time; write one like 60s or 5m");
    }
    Optional<Duration> after = settings.duration(Setting.READY_AFTER);
    if (after.isPresent() && after.get().compareTo(timeout) >= 0) {
      throw new IllegalArgumentException(
          Setting.READY_AFTER.option()
              + " '"
              + settings.shown(Setting.READY_AFTER)
              + "' is not below "
              + Setting.READY_TIMEOUT.option()
              + " '"
              + settings.shown(Setting.READY_TIMEOUT)
              + "'; no release would ever be ready in time");
    }
  }

  private static void requireTimeToStop(Settings settings) {
    Duration preDrain = settings.requiredDuration(Setting.PRE_DRAIN);
    if (!preDrain.isZero()
        && preDrain.compareTo(settings.requiredDuration(Setting.STOP_TIMEOUT)) >= 0) {
      throw new IllegalArgumentException(
          Setting.PRE_DRAIN.option()
              + " '"
              + settings.shown(Setting.PRE_DRAIN)
              + "' is not below "
              + Setting.STOP_TIMEOUT.option()
              + " '"
              + settings.shown(Setting.STOP_TIMEOUT)
              + "'; the service would be killed before it is told to stop");
    }
  }

  private static void requireKnownStrategies(Settings settings) {
    for (String name : StrategyName.prepared(settings)) {
      if (!StrategyName.KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            Setting.STRATEGIES.option()
                + " '"
                + Text.shortened(name, 60)
                + "' is unknown; this version knows "
                + String.join(", ", StrategyName.KNOWN));
      }
    }
  }

  /** Checked here because the agent's paths are resolved at each start, with nobody watching. */
  private static void requirePaths(Settings settings) {
    for (Setting setting : Setting.values()) {
      if (setting.isReadBy(Setting.Reader.AGENT)) {
        settings.said(setting).ifPresent(setting::absolute);
      }
    }
  }

  private static boolean endsLeftovers(String value) {
    return switch (value) {
      case "end" -> true;
      case "keep" -> false;
      default ->
          throw new IllegalArgumentException(
              Setting.LEFTOVERS.option()
                  + " '"
                  + Text.shortened(value, 60)
                  + "' is neither end nor keep");
    };
  }

  private static void readOptions(
      List<String> words, Map<Setting, String> explicit, Map<Setting, List<String>> repeatable) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--no-agent")) {
        explicit.put(Setting.AGENT, "false");
        continue;
      }
      if (word.equals(Setting.SIGNAL_GROUP.option()) && !isValue(words, i + 1)) {
        explicit.put(Setting.SIGNAL_GROUP, "true");
        continue;
      }
      if (word.equals(Setting.HOLD_CONNECTIONS.option()) && !isValue(words, i + 1)) {
        explicit.put(Setting.HOLD_CONNECTIONS, "10s");
        continue;
      }
      int equals = word.indexOf('=');
      Setting setting = setting(equals < 0 ? word : word.substring(0, equals));
      if (equals < 0 && i + 1 == words.size()) {
        throw new IllegalArgumentException(word + " needs a value: " + setting.purpose());
      }
      String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
      if (repeatable.containsKey(setting)) {
        repeatable.get(setting).add(value);
      } else {
        explicit.put(setting, value);
      }
    }
  }

  private static boolean isValue(List<String> words, int at) {
    return at < words.size() && !words.get(at).startsWith("--");
  }

  private static Setting setting(String option) {
    if (!option.startsWith("--")) {
      throw new IllegalArgumentException(
          "'"
              + Text.shortened(option, 100)
              + "' is not an option of run; write the service's command after '--'");
    }
    return Setting.of(option.substring(2))
        .filter(Setting::isLauncherOption)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the option '" + Text.shortened(option, 100) + "' is unknown; see run --help"));
  }

  private static Path existingDirectory(String path) {
    Path directory = Setting.RELEASE.path(path);
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          Setting.RELEASE.option()
              + " '"
              + Text.oneLine(path)
              + "' is not a directory; name the release's");
    }
    return directory;
  }
}
