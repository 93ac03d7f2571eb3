package dev.fastdeploy.launcher.fleet;

import java.util.List;

/**
 * What became of the class loaders of releases that were replaced in the same JVM.
 *
 * @param collected how many were freed
 * @param pending how many may still be
 * @param leaked how many outlived several full collections
 * @param heldBy what holds those that leaked, as far as is known
 * @param secondCopies classes of the application that no reload replaces
 * @param metaspaceBytes what classes take in the JVM
 */
public record OldLoaders(
    int collected,
    int pending,
    int leaked,
    List<String> heldBy,
    List<String> secondCopies,
    long metaspaceBytes) {

  public OldLoaders {
    heldBy = List.copyOf(heldBy);
    secondCopies = List.copyOf(secondCopies);
  }

  static OldLoaders of(dev.fastdeploy.control.v1.OldLoaders told) {
    return new OldLoaders(
        told.getCollected(),
        told.getPending(),
        told.getLeaked(),
        told.getHeldByList(),
        told.getSecondCopiesList(),
        told.getMetaspaceBytes());
  }
}
