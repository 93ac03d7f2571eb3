package dev.fastdeploy.release;

import dev.fastdeploy.contract.Commit;
import java.io.IOException;
import java.io.Serial;

/** Says that a commit is not in the store. The message is for the user. */
public final class CommitNotFoundException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param store the store as a user knows it
   */
  public CommitNotFoundException(Commit commit, String store) {
    super("the commit '" + commit + "' was never published to " + store + "; publish it first");
  }
}
