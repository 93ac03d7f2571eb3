package dev.fastdeploy.launcher.report;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.fleet.InstanceView;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares instances with the record of their environment: which do not run the stable commit, and
 * who holds it.
 */
public final class FleetStanding {

  private final CleanWriter out;
  private final boolean json;

  /**
   * @param out takes the line; flushed after it
   * @param json whether it is for programs
   */
  public FleetStanding(CleanWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /**
   * Shows the comparison.
   *
   * @param newest the environment's newest epoch; null before the first
   * @param now the time by which a lock may have run out
   */
  public void show(@Nullable Epoch newest, Instant now, List<InstanceView> instances) {
    Commit stable = newest == null ? null : newest.known().stable();
    String held = newest != null && newest.isHeld(now) ? newest.beginning().holder() : "";
    Set<Commit> images = newest == null ? Set.of() : newest.known().images();
    List<String> behind =
        instances.stream()
            .filter(view -> stable != null && !stable.id().equals(view.releases().running()))
            .map(InstanceView::target)
            .toList();
    List<String> newer =
        instances.stream()
            .filter(view -> stable != null && !stable.id().equals(view.releases().image()))
            .filter(view -> isNew(view.releases().image(), images))
            .map(InstanceView::target)
            .toList();
    out.println(
        json
            ? object(stable, held, behind, newer)
            : text(stable, held, behind, newer, instances.size()));
    out.flush();
  }

  private static boolean isNew(String image, Set<Commit> images) {
    return !image.isEmpty() && images.stream().noneMatch(known -> known.id().equals(image));
  }

  private static String text(
      @Nullable Commit stable,
      String held,
      List<String> behind,
      List<String> newer,
      int instances) {
    return (stable == null
            ? "no deploy of this environment has been done yet"
            : behind.size()
                + " of "
                + instances
                + (behind.size() == 1 ? " does" : " do")
                + " not run the stable commit "
                + stable)
        + (newer.isEmpty()
            ? ""
            : "; " + newer.size() + " from images that the record does not know")
        + (held.isEmpty() ? "" : "; it is held by " + held);
  }

  private static String object(
      @Nullable Commit stable, String held, List<String> behind, List<String> newer) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (stable != null) {
      object.put("stable", stable.id());
    }
    object.put("behind", behind);
    object.put("unknownImage", newer);
    object.put("heldBy", held);
    try {
      return JsonOutcome.escaped(JSON.std.asString(object));
    } catch (IOException impossible) {
      throw new UncheckedIOException("JSON in memory cannot be written", impossible);
    }
  }
}
