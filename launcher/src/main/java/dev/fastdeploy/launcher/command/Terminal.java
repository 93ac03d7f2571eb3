package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds out whether there is a terminal and how wide it is. */
final class Terminal {

  private static final int USUAL_COLUMNS = 80;
  private static final long LONGEST_ANSWER_MILLIS = 1_000;

  private Terminal() {}

  /** Returns whether both standard streams are a terminal that can move its cursor. */
  @SuppressWarnings("SystemConsoleNull") // The newer consoles are asked below.
  static boolean attached(Map<String, String> environment) {
    Console console = System.console();
    return console != null
        && isTerminal(console)
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /**
   * Returns the width that the environment names, else the one that stty(1) reports, else the usual
   * one. Shells keep {@code COLUMNS} to themselves and do not pass it on.
   *
   * @param attached whether there is a terminal to ask
   */
  static int columns(Map<String, String> environment, boolean attached) {
    return columns(environment.getOrDefault("COLUMNS", ""))
        .or(() -> attached ? columns(size()) : Optional.empty())
        .orElse(USUAL_COLUMNS);
  }

  private static Optional<Integer> columns(String text) {
    long columns = Settings.wholeNumber(text).orElse(0);
    return columns > 0 && columns <= Integer.MAX_VALUE
        ? Optional.of((int) columns)
        : Optional.empty();
  }

  /** Returns the second word of what stty prints (rows and columns), or an empty string. */
  private static String size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!stty.waitFor(LONGEST_ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
          return "";
        }
        String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return said.strip().substring(said.strip().indexOf(' ') + 1);
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException unknown) {
      return "";
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** Since Java 22 a console may have no terminal, and a method says so. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (ReflectiveOperationException unknown) {
      return false;
    }
  }
}
