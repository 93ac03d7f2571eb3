package dev.fastdeploy.launcher.fleet.plan;

/**
 * The number of members that may fail before the deploy is stopped, by cause. A percentage is of
 * the whole fleet, not of those that have ended, so the order in which they end does not matter.
 *
 * @param application allowance for members on which the release does not come up
 * @param artifact allowance for members that cannot stage the release
 * @param unreachable allowance for members that do not answer
 * @param judgedFrom the number of failures from which a percentage applies; fewer stop nothing
 */
public record Budget(Share application, Share artifact, Share unreachable, int judgedFrom) {

  /** No failures, and a few unreachable members. */
  public static final Budget STRICT = new Budget(Share.NONE, Share.NONE, Share.percent(5), 1);

  /**
   * @throws IllegalArgumentException if {@code judgedFrom} is less than 1
   */
  public Budget {
    if (judgedFrom < 1) {
      throw new IllegalArgumentException(
          "'" + judgedFrom + "' failures cannot be judged; give at least 1");
    }
  }

  /** Returns how many may fail by a cause. */
  int allowance(Cause cause, int fleet) {
    Share share =
        switch (cause) {
          case APPLICATION -> application;
          case ARTIFACT -> artifact;
          case UNREACHABLE -> unreachable;
        };
    return share.ofFleet() ? Math.max(share.atMost(fleet), judgedFrom - 1) : share.amount();
  }
}
