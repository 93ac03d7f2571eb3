package dev.fastdeploy.contract;

/**
 * The words between an agent and the JVM that it starts to stage a release. Both come from the same
 * {@code fastdeploy.jar}. That JVM reads its request from its standard input, prints lines, the
 * last of which is the answer, and gives up when its standard input ends.
 */
public final class StagingWords {

  /** The word of {@code fastdeploy.jar} that starts such a JVM. */
  public static final String COMMAND = "stage-apart";

  /** The beginning of each of the lines below, and of no line that a library prints. */
  private static final String MARK = "fastdeploy-stage-apart: ";

  /** The numbers of bytes that were fetched and that there are follow, separated by a blank. */
  public static final String BYTES = MARK + "bytes ";

  /** The answer: the release is in the home. */
  public static final String STAGED = MARK + "staged";

  /** The answer: it is not, for the reason that follows. */
  public static final String FAILED = MARK + "failed ";

  private StagingWords() {}
}
