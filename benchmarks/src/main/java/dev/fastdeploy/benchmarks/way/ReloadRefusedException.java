package dev.fastdeploy.benchmarks.way;

import java.io.IOException;

/** A way does not reload to that release. The message says why, in one line. */
public final class ReloadRefusedException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * @param reason one line for a person
   */
  public ReloadRefusedException(String reason) {
    super(reason);
  }
}
