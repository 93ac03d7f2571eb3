package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * Prints the deploy of a fleet as one line per event, with its time in UTC, for the log of a
 * pipeline. Leaves out the progress of single members, but not their results.
 */
public final class FleetLines implements FleetReport {

  private final CleanWriter out;
  private final Clock clock;
  private final FleetCensus census = new FleetCensus();
  private boolean counted;

  /**
   * @param out takes the lines; flushed after each
   */
  public FleetLines(CleanWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public synchronized void begun(int epoch, int resumes, Plan plan) {
    FleetWording.beginning(epoch, resumes, plan).forEach(out::println);
    out.flush();
  }

  @Override
  public synchronized void said(Event event) {
    if (!counted) {
      census.take(event);
      counted = event instanceof Event.Entered;
      if (counted) {
        line(census.found());
      }
    }
    String text = FleetWording.line(event);
    if (text != null) {
      line(text);
      if (event instanceof Event.Failed failed) {
        failed.lastLines().forEach(line -> out.println("    | " + line));
      }
      out.flush();
    }
  }

  private void line(String text) {
    out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + text);
  }

  @Override
  public synchronized void interrupted(DeployId deploy) {
    out.println(FleetWording.interrupted(deploy));
    out.flush();
  }

  @Override
  public synchronized void ended(Summary summary) {
    FleetWording.end(summary).forEach(out::println);
    out.flush();
  }

  @Override
  public synchronized void over(int epoch, DeployId deploy, Summary summary) {
    out.println(FleetWording.over(epoch, deploy));
    ended(summary);
  }

  /** Returns how a deploy ended, in one line. */
  public static String sentence(Summary summary) {
    return FleetWording.sentence(summary);
  }
}
