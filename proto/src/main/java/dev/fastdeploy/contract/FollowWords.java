package dev.fastdeploy.contract;

/**
 * The words between a launcher and the JVM that it starts to ask an environment's record what a
 * container is to run. Both come from the same {@code fastdeploy.jar}. That JVM prints lines, the
 * last of which is the answer; it ends when its standard input does.
 */
public final class FollowWords {

  /** The word of {@code fastdeploy.jar} that starts such a JVM. */
  public static final String COMMAND = "ask-record";

  /** The rest of the line is for the user. */
  public static final String SAYS = "says ";

  /** It begins to lay out the release. */
  public static final String STAGING = "staging";

  /** The answer: the commit that follows is in the home and is to run; then its epoch. */
  public static final String STABLE = "stable";

  /** The answer: the container starts what it has. */
  public static final String OWN = "own";

  /** There is no answer, for the reason that follows. */
  public static final String UNKNOWN = "unknown";

  private FollowWords() {}
}
