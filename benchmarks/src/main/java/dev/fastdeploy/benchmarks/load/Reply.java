package dev.fastdeploy.benchmarks.load;

/**
 * The result of a request.
 *
 * @param good answered in full, with 200
 * @param commit the body's first line, if it is good
 * @param pid of the process that answered; 0 if it did not say
 * @param trouble what was seen instead of a good answer; empty for a good one
 */
public record Reply(boolean good, String commit, long pid, String trouble) {

  static Reply bad(String trouble) {
    return new Reply(false, "", 0, trouble);
  }

  /** Returns whether it is a good answer of a commit. */
  public boolean from(String wanted) {
    return good && commit.equals(wanted);
  }
}
