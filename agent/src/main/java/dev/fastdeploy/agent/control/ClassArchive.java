package dev.fastdeploy.agent.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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

  private static final Path MAPS = Path.of("/proc/self/maps");

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
    return isMapped(told)
        ? new ClassArchive(name, "")
        : new ClassArchive(
            "", "the JVM did not take " + name + "; the launcher's output tells why");
  }

  /** A JVM maps the archive that it uses, and no other (proc(5)). */
  private static boolean isMapped(String file) {
    try (Stream<String> lines = Files.lines(MAPS, StandardCharsets.ISO_8859_1)) {
      String bytes = new String(file.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      return lines.anyMatch(line -> line.endsWith(bytes));
    } catch (IOException | UncheckedIOException untold) {
      return true;
    }
  }
}
