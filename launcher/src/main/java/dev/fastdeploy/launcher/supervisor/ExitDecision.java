package dev.fastdeploy.launcher.supervisor;

/** What the launcher does after the service has ended. */
enum ExitDecision {
  /** Start the service again, from the release that is current now. */
  RELOAD,
  /** End too, so that the platform sees what happened. */
  END;

  /**
   * The reload table. A stop beats everything. A service with an agent announces its reload, and
   * then its code does not matter: a shutdown hook may have changed it, the kernel may have killed
   * it. One without an agent can say it by its code alone, which must have been agreed on
   * explicitly: 75 may mean anything to a program that has never heard of fastdeploy.
   *
   * @param hello whether an agent said hello from the service
   * @param announced whether it announced the reload
   * @param stopRequested whether the launcher was told to stop
   * @param agreedCode whether the exit code is the reload code and that was configured explicitly
   */
  static ExitDecision of(
      boolean hello, boolean announced, boolean stopRequested, boolean agreedCode) {
    if (stopRequested) {
      return END;
    }
    if (hello) {
      return announced ? RELOAD : END;
    }
    return agreedCode ? RELOAD : END;
  }
}
