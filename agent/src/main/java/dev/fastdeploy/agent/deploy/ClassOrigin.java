package dev.fastdeploy.agent.deploy;

import java.util.List;

/**
 * The origin of the application's loaded classes.
 *
 * @param fromRelease number of classes from the running release
 * @param fromElsewhere number of classes from any other place
 * @param mainClassLocation location of the main class; empty if not known
 * @param outside class path entries of the application outside the running release
 * @param stale the reason why the code is not the running release's, one line; empty if none of it
 *     comes from another release
 * @param unpacks true if the release holds an archive that a server unpacks to a place of its
 *     choice
 * @param leavesRelease a class path entry that leads into the running release from outside it, and
 *     into the same one after a deploy; empty if there is none
 */
public record ClassOrigin(
    int fromRelease,
    int fromElsewhere,
    String mainClassLocation,
    List<String> outside,
    String stale,
    boolean unpacks,
    String leavesRelease) {

  private static final String IN_PLACE =
      "; a reload in place keeps the working directory, where the service's relative paths lead to"
          + " the old release: name them by {release} in the command, or use the strategy 'process'";

  private static final String REMEDY = "; let the command use relative paths or {release}";

  public ClassOrigin {
    outside = List.copyOf(outside);
  }

  /**
   * Returns why the code is not the running release's, with the remedy; empty if there is no
   * reason.
   */
  public String staleBecause() {
    return stale.isEmpty() ? "" : stale + REMEDY;
  }

  /** Returns the same after a reload in place, for which the remedy is different. */
  public String staleInPlaceBecause() {
    return stale.isEmpty() ? "" : stale + IN_PLACE;
  }

  /** Returns why a deploy would change nothing, one line; empty if it would change something. */
  public String unchangeableBecause() {
    if (!stale.isEmpty()) {
      return staleBecause();
    }
    return noneFromRelease() && !unpacks
        ? "no class of the application comes from the running release, so a deploy would change"
            + " nothing"
            + REMEDY
        : "";
  }

  /**
   * Returns why the code may not be the running release's, or the next one's after a deploy, one
   * line; empty if there is no doubt.
   */
  public String doubtfulBecause() {
    if (!leavesRelease.isEmpty()) {
      return "the class path entry '"
          + leavesRelease
          + "' leads to this release after a deploy, too"
          + REMEDY;
    }
    return noneFromRelease() && unpacks
        ? "no class of the application comes from the running release itself; what a server unpacks"
            + " of it must be unpacked anew at each start"
        : "";
  }

  /**
   * Returns true if classes are loaded and none is from the release. Before any is loaded, nothing
   * is known.
   */
  private boolean noneFromRelease() {
    return fromRelease == 0 && fromElsewhere > 0;
  }
}
