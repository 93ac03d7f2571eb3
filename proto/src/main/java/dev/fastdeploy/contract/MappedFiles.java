package dev.fastdeploy.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files that a process has mapped into its memory (proc(5)). */
public final class MappedFiles {

  private MappedFiles() {}

  /**
   * Returns true if a process has mapped a file, or does not tell.
   *
   * @param process its id, or {@code self}
   * @param file the file's absolute path
   */
  public static boolean mayHave(String process, String file) {
    // Other files' names need not be UTF-8.
    String bytes = new String(file.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", process, "maps"), StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.endsWith(bytes));
    } catch (IOException | UncheckedIOException untold) {
      return true;
    }
  }
}
