package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.ProcessContract;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the launcher's words with the bytes that it was started with. A JVM reads them in the
 * charset of its locale, which under {@code LC_ALL=POSIX}, the default of many images, is ASCII: a
 * word with other bytes would reach the service changed, and a path would name another file.
 */
public final class ExactWords {

  private ExactWords() {}

  /**
   * Requires that the launcher has read exactly what it was given.
   *
   * @param arguments the last ones of its command line
   * @param environment its own
   * @throws IllegalArgumentException if a word differs, with a message for the user
   */
  public static void require(List<String> arguments, Map<String, String> environment) {
    Charset locale =
        Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()));
    requireArguments(arguments, read("cmdline"), locale);
    requireVariables(environment, read("environ"), locale);
  }

  static void requireArguments(List<String> arguments, byte[] raw, Charset locale) {
    if (isAscii(raw)) {
      return;
    }
    List<byte[]> words = split(raw);
    int before = words.size() - arguments.size();
    for (int i = 0; i < arguments.size() && before >= 0; i++) {
      requireSame("the word", arguments.get(i), words.get(before + i), locale);
    }
  }

  static void requireVariables(Map<String, String> environment, byte[] raw, Charset locale) {
    if (isAscii(raw)) {
      return;
    }
    for (byte[] entry : split(raw)) {
      String text = new String(entry, StandardCharsets.ISO_8859_1);
      int equals = text.indexOf('=');
      // All others reach the service unchanged: the launcher does not read them.
      String name = text.substring(0, Math.max(equals, 0));
      if (name.startsWith(ProcessContract.VARIABLE_PREFIX) || InjectedOptions.isOne(name)) {
        requireSame(
            "the variable " + name + " with",
            environment.get(name),
            Arrays.copyOfRange(entry, equals + 1, entry.length),
            locale);
      }
    }
  }

  private static void requireSame(
      String what, @Nullable String read, byte[] given, Charset locale) {
    if (!isAscii(given) && (read == null || !Arrays.equals(read.getBytes(locale), given))) {
      throw new IllegalArgumentException(
          what
              + " '"
              + shown(given)
              + "' is not text in the launcher's locale ("
              + locale
              + ") and would be changed; start the launcher with fastdeploy-entrypoint.sh, or with"
              + " LC_ALL=C.UTF-8, and write words in UTF-8");
    }
  }

  /** Returns the word with its bytes beyond ASCII in octal, as printf(1) takes them. */
  private static String shown(byte[] word) {
    StringBuilder shown = new StringBuilder();
    for (byte next : word) {
      if (shown.length() > 100) {
        return shown + "…";
      }
      shown.append(next >= ' ' && next < 127 ? "" + (char) next : "\\" + octal(next & 0xff));
    }
    return shown.toString();
  }

  private static String octal(int number) {
    return "" + (number >> 6) + (number >> 3 & 7) + (number & 7);
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte next : bytes) {
      if (next < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the text before each NUL. */
  private static List<byte[]> split(byte[] raw) {
    List<byte[]> words = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == 0) {
        words.add(Arrays.copyOfRange(raw, begin, i));
        begin = i + 1;
      }
    }
    return words;
  }

  private static byte[] read(String file) {
    try {
      return Files.readAllBytes(Path.of("/proc/self", file));
    } catch (IOException hardenedProc) {
      return new byte[0];
    }
  }
}
