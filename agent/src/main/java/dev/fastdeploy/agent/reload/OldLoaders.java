package dev.fastdeploy.agent.reload;

import java.util.List;

/**
 * The state of the class loaders of releases that were replaced in the same JVM.
 *
 * @param collected number of loaders that the garbage collector has freed
 * @param pending number that may still be freed
 * @param leaked number that outlived several full collections and a delay
 * @param heldBy what holds the leaked ones, as far as a cheap look can tell; one line each
 * @param secondCopies names of the application's classes that the system loader defined, which no
 *     reload replaces
 * @param metaspaceBytes memory that classes take in this JVM
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
