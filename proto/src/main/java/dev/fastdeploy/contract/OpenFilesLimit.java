package dev.fastdeploy.contract;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The number of files that this process may open, as the kernel reports it (proc(5), {@code
 * limits}).
 */
public final class OpenFilesLimit {

  private static final String LIMITS = "/proc/self/limits";
  private static final String OPEN_FILES = "Max open files";

  private OpenFilesLimit() {}

  /**
   * Returns the current limit; {@link Long#MAX_VALUE} if there is none.
   *
   * @return empty if the kernel does not report it
   */
  public static OptionalLong ofThisProcess() {
    try (InputStream file = new FileInputStream(LIMITS)) {
      return parse(new String(file.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException notTold) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong parse(String limits) {
    int line = limits.indexOf(OPEN_FILES);
    if (line < 0) {
      return OptionalLong.empty();
    }
    String values = limits.substring(line + OPEN_FILES.length()).stripLeading();
    if (values.startsWith("unlimited")) {
      return OptionalLong.of(Long.MAX_VALUE);
    }
    try {
      return OptionalLong.of(Long.parseLong(values, 0, Math.max(values.indexOf(' '), 0), 10));
    } catch (NumberFormatException notUnderstood) {
      return OptionalLong.empty();
    }
  }
}
