package dev.fastdeploy.contract;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every key that fastdeploy can be configured with. One key has four spellings: {@code --x-y} for
 * launcher and command, agent argument {@code x.y}, system property {@code fastdeploy.x.y},
 * environment variable {@code FASTDEPLOY_X_Y}.
 */
public enum Setting {
  HOME(
      "home",
      null,
      EnumSet.allOf(Reader.class),
      "directory in which fastdeploy/ holds releases and state"),
  RELEASE("release", null, EnumSet.of(Reader.LAUNCHER), "directory of the release in the image"),
  COMMIT(
      "commit",
      null,
      EnumSet.of(Reader.LAUNCHER, Reader.FOLLOWER),
      "commit of the release in the image"),
  AGENT("agent", "true", EnumSet.of(Reader.LAUNCHER), "put the agent into the service's JVM"),
  AGENT_VIA(
      "agent.via",
      "argument",
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "argument of a java command, or env: JAVA_TOOL_OPTIONS, for start scripts"),
  /** The default is EX_TEMPFAIL of sysexits.h: the failure is temporary, try again. */
  RELOAD_EXIT_CODE(
      "reload.exit.code",
      "75",
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "exit code by which the service asks to be started"),
  DRAIN_TIMEOUT(
      "drain.timeout",
      "20s",
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "time that in-flight work has to end before a reload"),
  PRE_DRAIN(
      "pre.drain",
      "0s",
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "time from unready to the drain or to TERM, for load balancers"),
  STOP_TIMEOUT(
      "stop.timeout",
      "25s",
      EnumSet.of(Reader.LAUNCHER),
      "time from TERM to KILL; keep it below the platform's"),
  STOP_EXIT_ZERO(
      "stop.exit.zero",
      "true",
      EnumSet.of(Reader.LAUNCHER),
      "end with 0 when a requested stop gave 143"),
  RESTART(
      "restart",
      "never",
      EnumSet.of(Reader.LAUNCHER),
      "after a crash past probation: never, on-failure or on-failure:N"),
  LEFTOVERS(
      "leftovers",
      "end",
      EnumSet.of(Reader.LAUNCHER),
      "processes that a service leaves behind, before its next start: end or keep"),
  SIGNAL_GROUP(
      "signal.group",
      "false",
      EnumSet.of(Reader.LAUNCHER),
      "start the service in a process group of its own and send signals to all of it"),
  READY(
      "ready",
      null,
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "how to tell readiness: http:[HOST:]PORT/PATH or tcp:[HOST:]PORT"),
  READY_AFTER(
      "ready.after",
      null,
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "time after which a running service counts as ready"),
  READY_TIMEOUT(
      "ready.timeout",
      "60s",
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "time that a new release has to become ready"),
  SOAK(
      "soak",
      "5s",
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "time that a new release must stay ready to be proven"),
  HEALTH(
      "health",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "HOST:PORT at which the launcher answers /live, /ready and /metrics"),
  INIT(
      "init",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "command to run before the first start; repeatable"),
  LOG_FORMAT(
      "log.format",
      "text",
      EnumSet.of(Reader.LAUNCHER),
      "form in which lines come out: text or json"),
  ENV_FILE(
      "env.file",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "file of NAME=VALUE lines for the service, read at each start of it"),
  SET_ENV(
      "set.env",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "NAME=VALUE for the service, with {commit} and {release}; repeatable"),
  STRATEGIES(
      "strategies",
      StrategyName.PROCESS,
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "reload strategies prepared at the start, by comma, the default first"),
  RELOAD_FALLBACK(
      "reload.fallback",
      null,
      EnumSet.of(Reader.AGENT),
      "strategy for a service that no launcher started: module"),
  MAX_LEAKED_LOADERS(
      "max.leaked.loaders",
      "2",
      EnumSet.of(Reader.AGENT),
      "leaked class loaders after which module is used no more"),
  APP("app", null, EnumSet.allOf(Reader.class), "name of the application in the store"),
  ENV(
      "env",
      null,
      EnumSet.allOf(Reader.class),
      "environment that the instance belongs to, as prod"),
  FOLLOW(
      "follow",
      "off",
      EnumSet.of(Reader.LAUNCHER),
      "environment whose stable release a container starts; require: wait for it; or off"),
  FOLLOW_TIMEOUT(
      "follow.timeout",
      "60s",
      EnumSet.of(Reader.LAUNCHER, Reader.FOLLOWER),
      "time that the store has to tell and to bring what to follow, at the container's start"),
  STORE(
      "store",
      null,
      EnumSet.allOf(Reader.class),
      "where releases lie: s3://BUCKET[/PREFIX] or a directory"),
  STORE_ENDPOINT(
      "store.endpoint",
      null,
      EnumSet.allOf(Reader.class),
      "URL of an S3 service other than Amazon's"),
  STORE_PLAIN_HTTP(
      "store.plain.http",
      "false",
      EnumSet.allOf(Reader.class),
      "take an endpoint of plain http that is not this machine"),
  STORE_REGION("store.region", null, EnumSet.allOf(Reader.class), "region of the bucket"),
  STORE_PATH_STYLE(
      "store.path.style",
      "false",
      EnumSet.allOf(Reader.class),
      "address buckets by path, not by host"),
  STORE_TIMEOUT(
      "store.timeout",
      "30s",
      EnumSet.allOf(Reader.class),
      "time after which an S3 request that brings next to nothing is given up"),
  STAGING_TIMEOUT(
      "staging.timeout",
      "15m",
      EnumSet.allOf(Reader.class),
      "time that the staging of a release may take in all"),
  KEEP("keep", "3", EnumSet.of(Reader.AGENT), "old releases that stay in the home"),
  HOME_MAX_BYTES(
      "home.max.bytes",
      null,
      EnumSet.allOf(Reader.class),
      "most that the home may take, bytes, where its volume does not tell"),
  RELEASE_MAX_BYTES(
      "release.max.bytes",
      "4294967296",
      EnumSet.allOf(Reader.class),
      "largest unpacked release, bytes"),
  RELEASE_MAX_ENTRIES(
      "release.max.entries", "100000", EnumSet.allOf(Reader.class), "most files in a release"),
  CONTROL_LISTEN(
      "control.listen",
      null,
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "HOST:PORT or unix:PATH of the endpoint; unix in the home"),
  CONTROL_TOKEN_FILE(
      "control.token.file",
      null,
      EnumSet.of(Reader.AGENT, Reader.COMMAND),
      "tokens that may deploy, or sha256:HEX of them, one a line"),
  CONTROL_READ_TOKEN_FILE(
      "control.read.token.file",
      null,
      EnumSet.of(Reader.AGENT),
      "tokens that may only read, likewise"),
  CONTROL_TLS_CERT(
      "control.tls.cert", null, EnumSet.of(Reader.AGENT, Reader.COMMAND), "certificate chain, PEM"),
  CONTROL_TLS_KEY(
      "control.tls.key", null, EnumSet.of(Reader.AGENT, Reader.COMMAND), "private key, PKCS#8 PEM"),
  CONTROL_TLS_CA(
      "control.tls.ca",
      null,
      EnumSet.of(Reader.AGENT, Reader.COMMAND),
      "certificates that sign the other side's, PEM"),
  CONTROL_SERVER_NAME(
      "control.server.name",
      null,
      EnumSet.of(Reader.COMMAND),
      "name that the instances' certificates bear, in place of their addresses"),
  CONTROL_DEPLOY_IDENTITIES(
      "control.deploy.identities",
      null,
      EnumSet.of(Reader.AGENT),
      "certificate names that may deploy, by comma"),
  CONTROL_READ_IDENTITIES(
      "control.read.identities",
      null,
      EnumSet.of(Reader.AGENT),
      "certificate names that may only read, by comma"),
  REGISTER(
      "register",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "redis://[USER@]HOST[:PORT]/KEY, the sorted set in which this instance keeps its address"),
  REGISTER_AS(
      "register.as",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "HOST:PORT by which the command reaches this instance; where it listens"),
  PAYLOAD_DIR(
      "payload.dir",
      null,
      EnumSet.allOf(Reader.class),
      "where fastdeploy.jar unpacks its libraries; in the home"),
  ECS_TIMEOUT(
      "ecs.timeout",
      "1s",
      EnumSet.of(Reader.LAUNCHER),
      "time to wait for the ECS metadata endpoint");

  /** Who reads a setting. */
  public enum Reader {
    /** The container's entrypoint, {@code run}. */
    LAUNCHER,

    /** The JVM that a launcher asks what its environment runs; it gets the launcher's values. */
    FOLLOWER,

    /** The agent in the service; it gets the launcher's values. */
    AGENT,

    /** The subcommands for pipelines and people. */
    COMMAND
  }

  private static final String UNIX = "unix:";

  private final String key;
  private final @Nullable String defaultValue;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody changes it, and nobody else has it.
  private final EnumSet<Reader> readers;

  private final String purpose;

  Setting(String key, @Nullable String defaultValue, EnumSet<Reader> readers, String purpose) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.readers = readers;
    this.purpose = purpose;
  }

  /** The key itself, {@code x.y}, which is also the spelling of an agent argument. */
  public String key() {
    return key;
  }

  /** The value where nothing else is said; none for settings without one. */
  public Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /** Whether that one reads it. */
  public boolean isReadBy(Reader reader) {
    return readers.contains(reader);
  }

  /** Whether it is an option of {@code run}: read by the launcher, or handed on to the agent. */
  public boolean isLauncherOption() {
    return isReadBy(Reader.LAUNCHER) || isReadBy(Reader.AGENT);
  }

  /** What it is for, half a line. */
  public String purpose() {
    return purpose;
  }

  /** The spelling as an option, {@code --x-y}. */
  public String option() {
    return "--" + key.replace('.', '-');
  }

  /** The spelling as a system property, {@code fastdeploy.x.y}. */
  public String property() {
    return "fastdeploy." + key;
  }

  /** The spelling as an environment variable, {@code FASTDEPLOY_X_Y}. */
  public String variable() {
    return "FASTDEPLOY_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * The value with its path, if it is or holds one, made absolute: the service runs in another
   * directory than the launcher, and in another one after each deploy.
   */
  public String absolute(String value) {
    return switch (this) {
      case CONTROL_TOKEN_FILE,
          CONTROL_READ_TOKEN_FILE,
          CONTROL_TLS_CERT,
          CONTROL_TLS_KEY,
          CONTROL_TLS_CA,
          PAYLOAD_DIR ->
          path(value).toAbsolutePath().toString();
      case STORE -> absoluteStore(value);
      case CONTROL_LISTEN ->
          value.startsWith(UNIX)
              ? UNIX + path(value.substring(UNIX.length())).toAbsolutePath()
              : value;
      default -> value;
    };
  }

  private static String absoluteStore(String value) {
    try {
      return StoreDirectory.of(value).map(Path::toString).orElse(value);
    } catch (IllegalArgumentException namesNone) {
      // Whoever uses it says so.
      return value;
    }
  }

  /**
   * The value as a path.
   *
   * @throws IllegalArgumentException if it is none, with a message for the user
   */
  public Path path(String value) {
    requireNoTilde(value);
    try {
      return Path.of(value);
    } catch (InvalidPathException notAPath) {
      throw new IllegalArgumentException(
          option() + " '" + Text.shortened(value, 200) + "' is not a path");
    }
  }

  /** A shell replaces it in a word that begins with it, and nobody does elsewhere. */
  void requireNoTilde(String value) {
    if (value.equals("~") || value.startsWith("~/")) {
      throw new IllegalArgumentException(
          option()
              + " '"
              + Text.shortened(value, 200)
              + "' begins with '~', which nobody has replaced; write the whole path");
    }
  }

  /** The setting of a key, or of an option without its dashes. */
  public static Optional<Setting> of(String name) {
    String wanted = name.replace('-', '.');
    return Arrays.stream(values()).filter(setting -> setting.key.equals(wanted)).findFirst();
  }
}
