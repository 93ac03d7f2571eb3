package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.OldLoaders;
import java.util.List;

/**
 * The state of the class loaders of releases that were replaced in the same JVM.
 *
 * @param collected number of loaders that were freed
 * @param pending number that may still be freed
 * @param leaked number that outlived several full collections
 * @param heldBy what holds the leaked ones, as far as known
 * @param secondCopies classes of the application that no reload replaces
 * @param metaspaceBytes memory that classes take in the JVM
 */
public record OldLoadersView(
    int collected,
    int pending,
    int leaked,
    List<String> heldBy,
    List<String> secondCopies,
    long metaspaceBytes) {

  public OldLoadersView {
    heldBy = List.copyOf(heldBy);
    secondCopies = List.copyOf(secondCopies);
  }

  static OldLoadersView of(OldLoaders told) {
    return new OldLoadersView(
        told.getCollected(),
        told.getPending(),
        told.getLeaked(),
        told.getHeldByList(),
        told.getSecondCopiesList(),
        told.getMetaspaceBytes());
  }
}
