package dev.fastdeploy.benchmarks.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of a request.
 *
 * @param good answered in full, with 200
 * @param commit the body's first line, if it is good
 * @param pid of the process that answered; 0 if it did not say
 * @param loss how it ended instead; null for a good one
 * @param trouble what was seen instead of a good answer; empty for a good one
 */
public record Reply(boolean good, String commit, long pid, @Nullable Loss loss, String trouble) {

  private static final String RESET = "reset";
  private static final String BROKEN_PIPE = "Broken pipe";

  static Reply good(String commit, long pid) {
    return new Reply(true, commit, pid, null, "");
  }

  static Reply bad(Loss loss, String trouble) {
    return new Reply(false, "", 0, loss, trouble);
  }

  /** Returns what an exception of a connection means; the JDK tells some apart by text alone. */
  static Reply failed(IOException failure) {
    String text = String.valueOf(failure.getMessage());
    if (failure instanceof ConnectException) {
      return bad(Loss.REFUSED, text);
    }
    if (failure instanceof SocketTimeoutException) {
      return bad(Loss.TIMED_OUT, text);
    }
    return bad(text.contains(RESET) || text.contains(BROKEN_PIPE) ? Loss.RESET : Loss.OTHER, text);
  }

  /** Returns whether it is a good answer of a commit. */
  public boolean from(String wanted) {
    return good && commit.equals(wanted);
  }
}
