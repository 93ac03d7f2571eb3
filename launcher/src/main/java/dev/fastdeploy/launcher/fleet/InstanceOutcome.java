package dev.fastdeploy.launcher.fleet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a deploy ended on one instance, as far as this client knows.
 *
 * @param result how it ended
 * @param from what ran before; empty if not known
 * @param refusal why the deploy was not begun, such as {@code BUSY}; empty unless refused
 * @param reason one line for a person; may be empty if it was proven
 * @param exitCode of the release that did not come up, if it ended
 * @param lastLines the last lines that it printed
 * @param sha256 of the archive that the release came in; empty if that is not known
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

  /** How a deploy can end on one instance. */
  public enum Result {
    /** The release runs there and is proven. */
    PROVEN,
    /** It did not come up, and the instance returned to the one before. */
    ROLLED_BACK,
    /** It was not activated, or not proven in time. */
    FAILED,
    /** The instance did not begin it. */
    REFUSED,
    /** The instance did not answer, or not again. */
    UNREACHABLE
  }

  public InstanceOutcome {
    lastLines = List.copyOf(lastLines);
    phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
  }

  /** Whether the instance runs what it was told to. */
  public boolean success() {
    return result == Result.PROVEN;
  }

  static InstanceOutcome without(Result result, String reason) {
    return new InstanceOutcome(result, "", "", reason, null, List.of(), "", Map.of());
  }
}
