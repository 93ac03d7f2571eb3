package dev.fastdeploy.contract;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every key that fastdeploy can be configured with. A key has four spellings: {@code --x-y} for
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
  AGENT("agent", "true", EnumSet.of(Reader.LAUNCHER), "run the agent in the service's JVM"),
  AGENT_VIA(
      "agent.via",
      "argument",
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "how the service's JVM gets the agent: argument, for a java command, or env (JAVA_TOOL_OPTIONS), for a start script"),
  /** The default is EX_TEMPFAIL of sysexits.h: the failure is temporary, try again. */
  RELOAD_EXIT_CODE(
      "reload.exit.code",
      "75",
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "exit code with which the service asks to be started again"),
  DRAIN_TIMEOUT(
      "drain.timeout",
      "20s",
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "time that in-flight work has to end before a reload"),
  HOLD_CONNECTIONS(
      "hold.connections",
      "10s",
      EnumSet.of(Reader.LAUNCHER),
      "time for which clients wait at a reload instead of being refused; 0s refuses them"),
  PRE_DRAIN(
      "pre.drain",
      "0s",
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "time between turning unready and the drain or TERM, for load balancers"),
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
      "whether a service that crashes after its probation is started again: never, on-failure or on-failure:N"),
  LEFTOVERS(
      "leftovers",
      "end",
      EnumSet.of(Reader.LAUNCHER),
      "what to do before the next start with processes that the service left behind: end or keep"),
  SIGNAL_GROUP(
      "signal.group",
      "false",
      EnumSet.of(Reader.LAUNCHER),
      "start the service in its own process group and signal the whole group"),
  READY(
      "ready",
      null,
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "readiness check: http:[HOST:]PORT/PATH or tcp:[HOST:]PORT"),
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
  ARCHIVE(
      "archive",
      "auto",
      EnumSet.of(Reader.LAUNCHER),
      "class-data archives that publish --train made: auto uses one that fits, off uses none, require fails a new release that has none"),
  HEALTH(
      "health",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "HOST:PORT on which the launcher serves /live, /ready and /metrics"),
  INIT(
      "init",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "command to run before the first start; repeatable"),
  LOG_FORMAT(
      "log.format", "text", EnumSet.of(Reader.LAUNCHER), "format of the log lines: text or json"),
  ENV_FILE(
      "env.file",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "file of NAME=VALUE lines for the service's environment, read at each start"),
  SET_ENV(
      "set.env",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "NAME=VALUE for the service's environment; may contain {commit} and {release}; repeatable"),
  STRATEGIES(
      "strategies",
      StrategyName.PROCESS,
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "reload strategies prepared at the start, comma-separated, the default first"),
  RELOAD_FALLBACK(
      "reload.fallback",
      null,
      EnumSet.of(Reader.AGENT),
      "strategy for a service that no launcher started: module"),
  MAX_LEAKED_LOADERS(
      "max.leaked.loaders",
      "2",
      EnumSet.of(Reader.AGENT),
      "number of leaked class loaders above which module is no longer used"),
  APP("app", null, EnumSet.allOf(Reader.class), "name of the application in the store"),
  ENV(
      "env",
      null,
      EnumSet.allOf(Reader.class),
      "environment that the instance belongs to, such as prod"),
  FOLLOW(
      "follow",
      "off",
      EnumSet.of(Reader.LAUNCHER),
      "environment whose stable release is started; require: that of --env, however long it takes to find; or off"),
  FOLLOW_TIMEOUT(
      "follow.timeout",
      "60s",
      EnumSet.of(Reader.LAUNCHER, Reader.FOLLOWER),
      "time for which the record or the stable release may be out of reach when the container starts"),
  STORE(
      "store",
      null,
      EnumSet.allOf(Reader.class),
      "place of the releases, s3://BUCKET[/PREFIX] or a directory"),
  STORE_ENDPOINT(
      "store.endpoint",
      null,
      EnumSet.allOf(Reader.class),
      "URL of an S3 service other than Amazon's"),
  STORE_PLAIN_HTTP(
      "store.plain.http",
      "false",
      EnumSet.allOf(Reader.class),
      "allow an http:// endpoint that is not on this machine"),
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
      "time after which an S3 request with almost no progress is given up"),
  STAGING_TIMEOUT(
      "staging.timeout",
      "15m",
      EnumSet.allOf(Reader.class),
      "total time that staging a release may take"),
  STAGE_IN(
      "stage.in",
      "process",
      EnumSet.of(Reader.AGENT),
      "where an instance stages a release from S3: process, a short-lived one of its own, or service, the service's"),
  KEEP("keep", "3", EnumSet.of(Reader.AGENT), "number of old releases to keep in the home"),
  HOME_MAX_BYTES(
      "home.max.bytes",
      null,
      EnumSet.allOf(Reader.class),
      "maximum size of the home in bytes, for volumes whose limit the file system does not show"),
  RELEASE_MAX_BYTES(
      "release.max.bytes",
      "4294967296",
      EnumSet.allOf(Reader.class),
      "maximum size of an unpacked release in bytes"),
  RELEASE_MAX_ENTRIES(
      "release.max.entries",
      "100000",
      EnumSet.allOf(Reader.class),
      "maximum number of files in a release"),
  CONTROL_LISTEN(
      "control.listen",
      null,
      EnumSet.of(Reader.LAUNCHER, Reader.AGENT),
      "HOST:PORT or unix:PATH of the control endpoint; a socket in the home if not set"),
  CONTROL_TOKEN_FILE(
      "control.token.file",
      null,
      EnumSet.of(Reader.AGENT, Reader.COMMAND),
      "file of tokens that may deploy, or their sha256:HEX, one per line",
      "file whose first line is the token that this client shows"),
  CONTROL_READ_TOKEN_FILE(
      "control.read.token.file",
      null,
      EnumSet.of(Reader.AGENT),
      "file of tokens that may only read, in the same format"),
  CONTROL_TLS_CERT(
      "control.tls.cert",
      null,
      EnumSet.of(Reader.AGENT, Reader.COMMAND),
      "certificate chain of the control endpoint, PEM",
      "certificate chain of this client, PEM"),
  CONTROL_TLS_KEY(
      "control.tls.key",
      null,
      EnumSet.of(Reader.AGENT, Reader.COMMAND),
      "private key of that certificate, PKCS#8 PEM"),
  CONTROL_TLS_CA(
      "control.tls.ca",
      null,
      EnumSet.of(Reader.AGENT, Reader.COMMAND),
      "CA certificates that a client's certificate must be signed by, PEM",
      "CA certificates that the instances' certificates must be signed by, PEM"),
  CONTROL_SERVER_NAME(
      "control.server.name",
      null,
      EnumSet.of(Reader.COMMAND),
      "name in the instances' certificates, verified instead of their addresses"),
  CONTROL_DEPLOY_IDENTITIES(
      "control.deploy.identities",
      null,
      EnumSet.of(Reader.AGENT),
      "certificate names that may deploy, comma-separated"),
  CONTROL_READ_IDENTITIES(
      "control.read.identities",
      null,
      EnumSet.of(Reader.AGENT),
      "certificate names that may only read, comma-separated"),
  REGISTER(
      "register",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "redis://[USER@]HOST[:PORT]/KEY: the sorted set in which this instance registers its address"),
  REGISTER_AS(
      "register.as",
      null,
      EnumSet.of(Reader.LAUNCHER),
      "HOST:PORT at which the command reaches this instance; where it listens if not set"),
  PAYLOAD_DIR(
      "payload.dir",
      null,
      EnumSet.allOf(Reader.class),
      "directory into which fastdeploy.jar unpacks its libraries; in the home if not set"),
  ECS_TIMEOUT(
      "ecs.timeout",
      "1s",
      EnumSet.of(Reader.LAUNCHER),
      "time to wait for the ECS metadata endpoint");

  /** The parts of fastdeploy that read settings. */
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
  private final String purposeForCommand;

  Setting(String key, @Nullable String defaultValue, EnumSet<Reader> readers, String purpose) {
    this(key, defaultValue, readers, purpose, purpose);
  }

  Setting(
      String key,
      @Nullable String defaultValue,
      EnumSet<Reader> readers,
      String purpose,
      String purposeForCommand) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.readers = readers;
    this.purpose = purpose;
    this.purposeForCommand = purposeForCommand;
  }

  /** Returns the key itself, {@code x.y}, which is also the spelling of an agent argument. */
  public String key() {
    return key;
  }

  /** Returns the default value; empty for settings without one. */
  public Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /** Returns true if a reader reads it. */
  public boolean isReadBy(Reader reader) {
    return readers.contains(reader);
  }

  /**
   * Returns true if it is an option of {@code run}: read by the launcher, or passed on to the
   * agent.
   */
  public boolean isLauncherOption() {
    return isReadBy(Reader.LAUNCHER) || isReadBy(Reader.AGENT);
  }

  /** Returns the purpose, half a line. */
  public String purpose() {
    return purpose;
  }

  /** Returns the purpose for those who use a subcommand, half a line; often the same. */
  public String purposeForCommand() {
    return purposeForCommand;
  }

  /** Returns the spelling as an option, {@code --x-y}. */
  public String option() {
    return "--" + key.replace('.', '-');
  }

  /** Returns the spelling as a system property, {@code fastdeploy.x.y}. */
  public String property() {
    return "fastdeploy." + key;
  }

  /** Returns the spelling as an environment variable, {@code FASTDEPLOY_X_Y}. */
  public String variable() {
    return "FASTDEPLOY_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * Returns the value with its path, if it is or holds one, made absolute: the service runs in a
   * different directory from the launcher, and in another one after each deploy.
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
      // Its user reports that.
      return value;
    }
  }

  /**
   * Returns the value as a path.
   *
   * @throws IllegalArgumentException if it is not one, with a message for the user
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

  /** A shell expands a tilde at the beginning of a word, and nobody does elsewhere. */
  void requireNoTilde(String value) {
    if (value.equals("~") || value.startsWith("~/")) {
      throw new IllegalArgumentException(
          option()
              + " '"
              + Text.shortened(value, 200)
              + "' begins with '~', which was not expanded; write the whole path");
    }
  }

  /** Returns the setting with a key, or with an option's name without its dashes. */
  public static Optional<Setting> of(String name) {
    String wanted = name.replace('-', '.');
    return Arrays.stream(values()).filter(setting -> setting.key.equals(wanted)).findFirst();
  }
}
