package dev.fastdeploy.release;

import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.io.Serial;

/**
 * Files were refused as a release: an archive that is damaged or could write outside of its
 * directory, or a directory that would become such an archive. The message names the entry and says
 * what is wrong with it, in one line.
 */
public final class UnsafeArchiveException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private static final int LONGEST_NAME_SHOWN = 200;

  /** Refuses the whole, for a reason that no single entry gives. */
  UnsafeArchiveException(String reason) {
    super(reason);
  }

  /** Refuses the whole because reading it failed. */
  UnsafeArchiveException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** Refuses one entry; its name, which may be hostile, is made safe to show. */
  static UnsafeArchiveException entry(String name, String reason) {
    return new UnsafeArchiveException(
        "entry '" + Text.shortened(name, LONGEST_NAME_SHOWN) + "' " + reason);
  }
}
