package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Settings;
import java.io.Console;
import java.util.Map;

/** Whether and how wide a terminal is. */
final class Terminal {

  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /** Whether both standard streams are a terminal that can move its cursor. */
  @SuppressWarnings("SystemConsoleNull") // The newer consoles are asked below.
  static boolean attached(Map<String, String> environment) {
    Console console = System.console();
    return console != null
        && isTerminal(console)
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** As the shell says, else what every terminal has. */
  static int columns(Map<String, String> environment) {
    long columns = Settings.wholeNumber(environment.getOrDefault("COLUMNS", "")).orElse(0);
    return columns > 0 && columns <= Integer.MAX_VALUE ? (int) columns : USUAL_COLUMNS;
  }

  /** From Java 22 there is a console without a terminal, and a method that tells. */
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
