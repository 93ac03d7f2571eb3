package dev.fastdeploy.agent.deploy;

import java.util.List;

/**
 * Where the application's loaded classes came from.
 *
 * @param fromRelease how many from the running release
 * @param fromElsewhere how many from any other place
 * @param mainClassLocation where the main class was found; empty if that cannot be told
 * @param outside class path entries of the application outside of the running release
 */
public record ClassOrigin(
    int fromRelease, int fromElsewhere, String mainClassLocation, List<String> outside) {

  public ClassOrigin {
    outside = List.copyOf(outside);
  }

  /**
   * Whether the application runs code that no deploy would replace. Nothing loaded says nothing.
   */
  boolean entirelyOutside() {
    return fromRelease == 0 && fromElsewhere > 0;
  }
}
