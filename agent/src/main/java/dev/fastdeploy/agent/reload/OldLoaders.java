package dev.fastdeploy.agent.reload;

import java.util.List;

/**
 * What became of the class loaders whose release was replaced in the same JVM.
 *
 * @param collected how many the garbage collector has freed
 * @param pending how many may still be freed
 * @param leaked how many outlived several full collections and a delay
 * @param heldBy what holds those that leaked, as far as a cheap look can tell; one line each
 * @param secondCopies classes of the application that the system loader defined, which no reload
 *     replaces; their names
 * @param metaspaceBytes what classes take in this JVM
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
}
