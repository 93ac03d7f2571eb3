package dev.fastdeploy.launcher.supervisor.invocation;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Recognises a command that is a script for a shell, by the script's first line: such a script may
 * start a JVM, whatever it is called.
 */
public final class StartScript {

  /** The part of a script's first line that the kernel reads (execve(2)). */
  private static final int FIRST_LINE = 256;

  private static final Set<String> INTERPRETERS =
      Set.of("sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "busybox", "java");

  private StartScript() {}

  /**
   * Returns true if a command names one, itself or as the program that another one starts.
   *
   * @param release the directory in which the command is started
   * @param onPath finds a program
   */
  public static boolean isIn(
      List<String> command, Path release, Function<String, Optional<Path>> onPath) {
    for (int i = 0; i < command.size(); i++) {
      String word = command.get(i);
      boolean onPathOnly = i == 0 && word.indexOf('/') < 0;
      if (onPathOnly
          ? onPath.apply(word).filter(program -> isScript(program.toFile())).isPresent()
          : isScript(inRelease(word, release))) {
        return true;
      }
    }
    return false;
  }

  /** Not a Path, because not every word can be one. */
  private static File inRelease(String word, Path release) {
    return word.startsWith("/") ? new File(word) : new File(release.toFile(), word);
  }

  private static boolean isScript(File file) {
    // Nothing else is read: a pipe would have to be waited for.
    if (!file.isFile()) {
      return false;
    }
    String begin;
    try (InputStream in = new FileInputStream(file)) {
      begin = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      return false;
    }
    if (!begin.startsWith("#!")) {
      return false;
    }
    int end = begin.indexOf('\n');
    String line = end < 0 ? begin.substring(2) : begin.substring(2, end);
    for (String word : line.split(" ", -1)) {
      if (INTERPRETERS.contains(word.strip().substring(word.strip().lastIndexOf('/') + 1))) {
        return true;
      }
    }
    return false;
  }
}
