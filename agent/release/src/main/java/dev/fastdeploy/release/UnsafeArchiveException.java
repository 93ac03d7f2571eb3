package dev.fastdeploy.release;

import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Says that files were refused as a release: an archive that is damaged or could write outside its
 * directory, or a directory that would become such an archive. The message names the entry and says
 * what is wrong with it, in one line.
 */
public final class UnsafeArchiveException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private static final int LONGEST_NAME_SHOWN = 200;

  /** Refuses everything, for a reason that is not in a single entry. */
  UnsafeArchiveException(String reason) {
    super(reason);
  }

  /** Refuses everything because reading it failed. */
  UnsafeArchiveException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }

  /** Refuses one entry; its name, which may be hostile, is made safe to show. */
  static UnsafeArchiveException entry(String name, String reason) {
    return new UnsafeArchiveException(
        "entry '" + Text.shortened(name, LONGEST_NAME_SHOWN) + "' " + reason);
  }
}
