package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.MappedFiles;
import org.jspecify.annotations.Nullable;

/**
 * The archive of classes that this JVM was started from.
 *
 * @param used its name; empty if there is none
 * @param noneBecause why there is none, part of a sentence; empty if that is not known
 */
public record ClassArchive(String used, String noneBecause) {

  /** Of a JVM that no launcher started. */
  public static final ClassArchive UNKNOWN = new ClassArchive("", "");

  /**
   * Returns that of this process.
   *
   * @param told what the launcher told: the archive's absolute path, or why there is none; null if
   *     it told nothing
   */
  public static ClassArchive ofThisProcess(@Nullable String told) {
    if (told == null) {
      return UNKNOWN;
    } else if (!told.startsWith("/")) {
      return new ClassArchive("", told);
    }
    String name = told.substring(told.lastIndexOf('/') + 1);
    // A JVM maps the archive that it uses, and no other.
    return MappedFiles.mayHave("self", told)
        ? new ClassArchive(name, "")
        : new ClassArchive(
            "", "the JVM did not take " + name + "; the launcher's output tells why");
  }
}
