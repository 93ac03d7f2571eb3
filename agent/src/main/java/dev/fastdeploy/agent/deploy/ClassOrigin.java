package dev.fastdeploy.agent.deploy;

import java.util.List;

/**
 * Where the application's loaded classes came from.
 *
 * @param fromRelease how many from the running release
 * @param fromElsewhere how many from any other place
 * @param mainClassLocation where the main class was found; empty if that cannot be told
 * @param outside class path entries of the application outside of the running release
 * @param stale why the code is not the running release's, one line; empty if nothing of it comes
 *     from another release
 * @param unpacks whether the release holds an archive that a server unpacks to where it wants
 * @param leavesRelease a class path entry that leads into the running release from outside of it,
 *     and into the same one after a deploy; empty if there is none
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

  /** Why the code is not the running release's, with the remedy; empty if there is no reason. */
  public String staleBecause() {
    return stale.isEmpty() ? "" : stale + REMEDY;
  }

  /** The same after a reload in place, for which another remedy helps. */
  public String staleInPlaceBecause() {
    return stale.isEmpty() ? "" : stale + IN_PLACE;
  }

  /** Why a deploy would change nothing, one line; empty if it would. */
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

  /** Why the code may not be the running release's, or the next one's, one line; empty if it is. */
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

  /** Nothing loaded says nothing. */
  private boolean noneFromRelease() {
    return fromRelease == 0 && fromElsewhere > 0;
  }
}
