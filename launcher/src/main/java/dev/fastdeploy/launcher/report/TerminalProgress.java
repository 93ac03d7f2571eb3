package dev.fastdeploy.launcher.report;

import dev.fastdeploy.launcher.fleet.FleetEvent;
import dev.fastdeploy.launcher.fleet.FleetListener;
import dev.fastdeploy.launcher.fleet.Target;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows rows on a terminal that change in place: one for each instance under way, and one with the
 * counts. Instances that have ended scroll away above. Used by one thread.
 */
public final class TerminalProgress implements FleetListener {

  /** More rows than a small terminal shows cannot be redrawn. */
  private static final int MOST_ROWS = 16;

  /** Twenty redraws a second are enough, and a slow terminal must not slow the deploy. */
  private static final long SHORTEST_PAUSE_MILLIS = 50;

  private final CleanWriter out;
  private final Clock clock;
  private final int instances;
  private final int columns;
  private final Map<Target, String> rows = new LinkedHashMap<>();
  private final List<FleetEvent.Ended> failures = new ArrayList<>();
  private FleetEvent.@Nullable Ended told;
  private int proven;
  private int drawnRows;
  private long drawnAt;

  /**
   * @param out the terminal
   * @param clock gives the pace of redrawing
   * @param instances number of instances in the fleet
   * @param columns of the terminal; longer rows are cut, because a wrapped row cannot be redrawn
   */
  public TerminalProgress(CleanWriter out, Clock clock, int instances, int columns) {
    this.out = out;
    this.clock = clock;
    this.instances = instances;
    this.columns = columns;
  }

  @Override
  public void on(FleetEvent event) {
    if (event instanceof FleetEvent.Ended ended) {
      rows.remove(ended.at().target());
      if (ended.outcome().success()) {
        proven++;
      } else {
        failures.add(ended);
      }
      erase();
      String line = ended.at().target().name() + "  " + Wording.step(ended);
      out.println(fitted(line));
      told = fits(line) ? ended : null;
      draw();
    } else if (event instanceof FleetEvent.OfInstance remark && isRemark(remark)) {
      erase();
      out.println(fitted(remark.at().target().name() + "  " + Wording.step(remark)));
      told = null;
      draw();
    } else if (event instanceof FleetEvent.OfInstance ofInstance) {
      rows.put(ofInstance.at().target(), Wording.step(ofInstance));
      if (clock.millis() - drawnAt >= SHORTEST_PAUSE_MILLIS) {
        erase();
        draw();
      }
    } else if (event instanceof FleetEvent.Interrupted interrupted) {
      erase();
      Wording.interrupted(interrupted).forEach(out::println);
    } else if (event instanceof FleetEvent.Finished finished) {
      erase();
      failures.stream()
          .flatMap(ended -> Wording.failure(ended, told).stream())
          .forEach(out::println);
      out.println(Wording.summary(finished.summary()));
    }
    out.flush();
  }

  /**
   * Returns whether an event is a remark and not a step, so that it must not vanish with the next
   * step.
   */
  private static boolean isRemark(FleetEvent event) {
    return event instanceof FleetEvent.Chosen
        || event instanceof FleetEvent.Noted
        || event instanceof FleetEvent.Loaders;
  }

  private void erase() {
    out.eraseLines(drawnRows);
    drawnRows = 0;
  }

  private void draw() {
    rows.entrySet().stream()
        .limit(MOST_ROWS)
        .forEach(row -> drawRow(row.getKey().name() + "  " + row.getValue()));
    int hidden = rows.size() - MOST_ROWS;
    drawRow(
        proven
            + " of "
            + instances
            + " proven, "
            + failures.size()
            + " failed, "
            + rows.size()
            + " under way"
            + (hidden > 0 ? " (" + hidden + " not shown)" : ""));
    drawnAt = clock.millis();
  }

  private void drawRow(String text) {
    out.println(fitted(text));
    drawnRows++;
  }

  private boolean fits(String text) {
    return text.length() < columns;
  }

  private String fitted(String text) {
    return fits(text) ? text : text.substring(0, Math.max(0, columns - 2)) + "…";
  }
}
