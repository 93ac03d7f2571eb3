package dev.fastdeploy.contract;

import java.time.Duration;

/**
 * The names and numbers by which launcher and service know each other. Changing one breaks images
 * whose launcher and agent are of different versions.
 */
public final class ProcessContract {

  /**
   * The exit code that POSIX shells report for a process that signal {@code n} ended is 128 + n.
   */
  public static final int SIGNAL_EXIT_BASE = 128;

  /** The path of the launcher's socket, for the agent. */
  public static final String CHANNEL = "FASTDEPLOY_CHANNEL";

  /** The commit of the release that the service was started from. */
  public static final String COMMIT = "FASTDEPLOY_COMMIT";

  /** The real path of the release that the service was started from. */
  public static final String RELEASE = "FASTDEPLOY_RELEASE";

  /** The home, as an absolute path. */
  public static final String HOME = "FASTDEPLOY_HOME";

  /** The number of times that the launcher has started the service, from 1. */
  public static final String ATTEMPT = "FASTDEPLOY_ATTEMPT";

  /**
   * Marks what descends from the services of one launcher: its value is unique to that launcher,
   * and stays in the environment of a process whose parent has gone.
   */
  public static final String MARK = "FASTDEPLOY_MARK";

  /**
   * The path of the launcher's socket for the service's listeners. Given only where connections are
   * to be held, and there only while the launcher holds some.
   */
  public static final String LISTENERS = "FASTDEPLOY_LISTENERS";

  /** Marks a launcher whose service is trained before its release is published, and the service. */
  public static final String TRAINING = "FASTDEPLOY_TRAINING";

  /**
   * The archive of classes that the service's JVM was started with, as an absolute path; or else,
   * not beginning with a slash, the reason why there is none.
   */
  public static final String CLASS_ARCHIVE = "FASTDEPLOY_CLASS_ARCHIVE";

  /** The directory of a release, relative to it, that holds archives of its classes. */
  public static final String ARCHIVES = ".fastdeploy/archives";

  /**
   * The name of the thread on which the agent's own endpoint binds, which the launcher does not
   * hold for the service.
   */
  public static final String ENDPOINT_THREAD = "fastdeploy-io";

  /** The prefix of every variable by which launcher, agent and user tell each other something. */
  public static final String VARIABLE_PREFIX = "FASTDEPLOY_";

  /**
   * The prefix of a variable that is for the service and not for the launcher's own JVM, such as
   * {@code JAVA_TOOL_OPTIONS}.
   */
  public static final String CHILD_PREFIX = VARIABLE_PREFIX + "CHILD_";

  /** The time that a service may drain past its deadline before the launcher kills it. */
  public static final Duration KILL_AFTER_DRAIN = Duration.ofSeconds(5);

  private ProcessContract() {}
}
