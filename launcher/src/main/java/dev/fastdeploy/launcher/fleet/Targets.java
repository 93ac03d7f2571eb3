package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the list of instances that a command is for, in the given order. */
public final class Targets {

  private Targets() {}

  /**
   * Returns the named targets, then those of a file with one per line. Blank lines and lines that
   * begin with {@code #} are skipped.
   *
   * @throws IllegalArgumentException if one is malformed or given twice, or there is none, with a
   *     message for the user
   */
  public static List<Target> of(List<String> named, @Nullable Path file) {
    List<String> texts = new ArrayList<>(named);
    if (file != null) {
      texts.addAll(linesOf(file));
    }
    Set<Target> targets = new LinkedHashSet<>();
    for (String text : texts) {
      Target target = Target.parse(text);
      if (!targets.add(target)) {
        throw new IllegalArgumentException(
            "the target '" + target.name() + "' is given twice; name each instance once");
      }
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(
          file == null
              ? "no target is given; name one with --target host:port or unix:PATH"
              : "--targets-file '"
                  + file
                  + "' names no target; write one host:port or unix:PATH per line");
    }
    return List.copyOf(targets);
  }

  private static List<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (NoSuchFileException missing) {
      throw new IllegalArgumentException(
          "--targets-file '" + file + "' does not exist; give a file with one target per line");
    } catch (MalformedInputException binary) {
      throw new IllegalArgumentException(
          "--targets-file '" + file + "' is not a text file; give a file with one target per line");
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "--targets-file '" + file + "' cannot be read: " + Diagnostics.reason(unreadable));
    }
  }
}
