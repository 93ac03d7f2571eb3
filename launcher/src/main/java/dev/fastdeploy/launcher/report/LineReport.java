package dev.fastdeploy.launcher.report;

import dev.fastdeploy.launcher.fleet.FleetEvent;
import dev.fastdeploy.launcher.fleet.FleetListener;
import dev.fastdeploy.launcher.fleet.Target;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints one line per event, with its time in UTC, for the log of a pipeline. The progress of
 * staging is reported once per instance, not for each megabyte. Used by one thread.
 */
public final class LineReport implements FleetListener {

  private final CleanWriter out;
  private final Clock clock;
  private final Set<Target> staging = new HashSet<>();
  private final List<FleetEvent.Ended> failures = new ArrayList<>();
  private FleetEvent.@Nullable OfInstance told;

  /**
   * @param out takes the lines; flushed after each event
   * @param clock gives the times at which this client learns of the events
   */
  public LineReport(CleanWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void on(FleetEvent event) {
    if (event instanceof FleetEvent.OfInstance ofInstance) {
      onInstance(ofInstance);
    } else if (event instanceof FleetEvent.Interrupted interrupted) {
      Wording.interrupted(interrupted).forEach(out::println);
    } else if (event instanceof FleetEvent.Finished finished) {
      failures.stream()
          .flatMap(ended -> Wording.failure(ended, told).stream())
          .forEach(out::println);
      out.println(Wording.summary(finished.summary()));
    }
    out.flush();
  }

  private void onInstance(FleetEvent.OfInstance event) {
    if (event instanceof FleetEvent.Staging && !staging.add(event.at().target())) {
      return;
    }
    if (event instanceof FleetEvent.Ended ended && !ended.outcome().success()) {
      failures.add(ended);
    }
    out.println(
        clock.instant().truncatedTo(ChronoUnit.MILLIS)
            + " "
            + event.at().target().name()
            + " "
            + Wording.step(event));
    told = event;
  }
}
