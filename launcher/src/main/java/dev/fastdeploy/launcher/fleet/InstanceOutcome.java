package dev.fastdeploy.launcher.fleet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a deploy on one instance, as far as this client knows.
 *
 * @param result how it ended
 * @param from the commit that ran before; empty if not known
 * @param refusal why the deploy was refused, such as {@code BUSY}; empty unless it was
 * @param reason one line for a person; may be empty if it was proven
 * @param exitCode exit code of the release that did not come up; null if it did not exit
 * @param lastLines the last lines that the release printed
 * @param sha256 digest of the archive that the release came from; empty if not known
 * @param phases when each phase was reached, UTC milliseconds, in order
 */
public record InstanceOutcome(
    Result result,
    String from,
    String refusal,
    String reason,
    @Nullable Integer exitCode,
    List<String> lastLines,
    String sha256,
    Map<String, Long> phases) {

  /** The ways in which a deploy can end on one instance. */
  public enum Result {
    /** The release runs there and is proven. */
    PROVEN,
    /** It did not come up, and the instance returned to the one before. */
    ROLLED_BACK,
    /** It was not activated, or not proven in time. */
    FAILED,
    /** The instance did not start it. */
    REFUSED,
    /** The instance did not answer, or stopped answering. */
    UNREACHABLE
  }

  public InstanceOutcome {
    lastLines = List.copyOf(lastLines);
    phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
  }

  /** Returns whether the instance runs what it was told to. */
  public boolean success() {
    return result == Result.PROVEN;
  }

  static InstanceOutcome without(Result result, String reason) {
    return new InstanceOutcome(result, "", "", reason, null, List.of(), "", Map.of());
  }
}
