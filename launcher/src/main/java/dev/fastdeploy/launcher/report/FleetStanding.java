package dev.fastdeploy.launcher.report;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.fleet.InstanceView;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How instances stand to the record of their environment: who is behind, and who holds it. */
public final class FleetStanding {

  private final CleanWriter out;
  private final boolean json;

  /**
   * @param out where it goes, in one line; flushed after it
   * @param json whether for programs
   */
  public FleetStanding(CleanWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /**
   * Shows it.
   *
   * @param newest epoch of the environment; none before the first
   */
  public void show(@Nullable Epoch newest, List<InstanceView> instances) {
    Commit stable = newest == null ? null : newest.known().stable();
    String held = newest != null && newest.isOpen() ? newest.beginning().holder() : "";
    List<String> behind =
        instances.stream()
            .filter(view -> stable != null && !stable.id().equals(view.running()))
            .map(InstanceView::target)
            .toList();
    out.println(json ? object(stable, held, behind) : text(stable, held, behind, instances.size()));
    out.flush();
  }

  private static String text(
      @Nullable Commit stable, String held, List<String> behind, int instances) {
    return (stable == null
            ? "no deploy of this environment was done"
            : behind.size() + " of " + instances + " do not run the stable commit " + stable)
        + (held.isEmpty() ? "" : "; it is held by " + held);
  }

  private static String object(@Nullable Commit stable, String held, List<String> behind) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (stable != null) {
      object.put("stable", stable.id());
    }
    object.put("behind", behind);
    object.put("heldBy", held);
    try {
      return JsonOutcome.escaped(JSON.std.asString(object));
    } catch (IOException impossible) {
      throw new UncheckedIOException("JSON in memory cannot be written", impossible);
    }
  }
}
