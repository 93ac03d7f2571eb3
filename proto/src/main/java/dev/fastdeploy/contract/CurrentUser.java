package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user that this process runs as. */
public final class CurrentUser {

  static final int ROOT = 0;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String UIDS = "\nUid:\t";

  private static volatile int known = -1;

  private CurrentUser() {}

  /**
   * Returns the effective user's number. It is not taken from the owner of {@code /proc/self}: that
   * is root if the program has capabilities of its own (proc(5)).
   *
   * @throws IOException if the kernel does not tell
   */
  public static int uid() throws IOException {
    int uid = known;
    if (uid < 0) {
      String status = new String(Files.readAllBytes(STATUS), StandardCharsets.ISO_8859_1);
      int line = status.indexOf(UIDS);
      if (line < 0) {
        throw new IOException("'" + STATUS + "' does not tell the user; is this Linux?");
      }
      int real = line + UIDS.length();
      int effective = status.indexOf('\t', real) + 1;
      uid = Integer.parseUnsignedInt(status.substring(effective, status.indexOf('\t', effective)));
      known = uid;
    }
    return uid;
  }
}
