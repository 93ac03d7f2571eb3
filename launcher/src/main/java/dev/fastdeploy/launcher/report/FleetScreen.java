package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Step;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows the deploy of a fleet on a terminal. Failures and events of the whole fleet scroll away
 * above; a few rows below change in place: how many are proven, the rate and the time left, what is
 * under way by step, and the slowest.
 */
public final class FleetScreen implements FleetReport {

  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 5;

  /** The width of the text beside the bar in a deploy that goes well. */
  private static final int WORDS = 70;

  private static final int MOST_SLOW = 3;

  /** Ten redraws a second are enough, and a slow terminal must not slow the deploy. */
  private static final long SHORTEST_PAUSE_MILLIS = 100;

  private static final class UnderWay {
    private final long since;
    private final Commit commit;
    private @Nullable Step step;

    UnderWay(long since, Commit commit) {
      this.since = since;
      this.commit = commit;
    }
  }

  private final CleanWriter out;
  private final Clock clock;
  private final int columns;
  private final FleetCensus census = new FleetCensus();
  private final Set<MemberId> failed = new HashSet<>();
  private final Set<MemberId> proven = new HashSet<>();
  private final Map<MemberId, UnderWay> underWay = new LinkedHashMap<>();
  private @Nullable Commit goal;
  private String phase = "checking";
  private String state = "";
  private int arrived;
  private long firstProvenAt;
  private int drawnRows;
  private long drawnAt;

  /**
   * @param out the terminal
   * @param clock gives the pace of redrawing, and the rates
   * @param columns of the terminal; longer rows are cut, because a wrapped row cannot be redrawn
   */
  public FleetScreen(CleanWriter out, Clock clock, int columns) {
    this.out = out;
    this.clock = clock;
    this.columns = columns;
  }

  @Override
  public synchronized void begun(int epoch, int resumes, Plan plan) {
    goal = plan.commit();
    FleetWording.beginning(epoch, resumes, plan).forEach(out::println);
    out.flush();
  }

  @Override
  public synchronized void said(Event event) {
    boolean worthALine = take(event);
    String line = worthALine ? FleetWording.line(event) : null;
    if (line == null && clock.millis() - drawnAt < SHORTEST_PAUSE_MILLIS) {
      return;
    }
    erase();
    if (line != null) {
      print(line);
      if (event instanceof Event.Failed failure) {
        failure.lastLines().forEach(last -> print("    | " + last));
      }
    }
    draw();
    out.flush();
  }

  /** Keeps what a row shows. Returns true if the event is also printed above the rows. */
  private boolean take(Event event) {
    census.take(event);
    if (event instanceof Event.Entered entered) {
      phase = entered.phase();
      return false;
    } else if (event instanceof Event.Found found) {
      if (found.proven() && goal != null && goal.equals(found.running())) {
        proven.add(found.member());
      }
      return false;
    } else if (event instanceof Event.Joined) {
      return false;
    } else if (event instanceof Event.SameMember same) {
      forget(same.other());
    } else if (event instanceof Event.Vanished vanished) {
      forget(vanished.member());
    } else if (event instanceof Event.NewImage newer) {
      forget(newer.member());
    } else if (event instanceof Event.Begun begun) {
      underWay.put(begun.member(), new UnderWay(clock.millis(), begun.commit()));
      return false;
    } else if (event instanceof Event.Went went) {
      UnderWay one = underWay.get(went.member());
      if (one != null) {
        one.step = went.step();
      }
      return false;
    } else if (event instanceof Event.Proven done) {
      proven(done);
      return false;
    } else if (event instanceof Event.Failed failure) {
      failed.add(failure.member());
      underWay.remove(failure.member());
    } else if (event instanceof Event.Paused paused) {
      state = paused.paused() ? ", paused by " + paused.by() : "";
    } else if (event instanceof Event.Stopped) {
      state = ", starting nothing new";
    }
    return true;
  }

  private void forget(MemberId member) {
    proven.remove(member);
    failed.remove(member);
    underWay.remove(member);
  }

  private void proven(Event.Proven done) {
    underWay.remove(done.member());
    if (done.commit().equals(goal)) {
      proven.add(done.member());
      failed.remove(done.member());
      if (arrived++ == 0) {
        firstProvenAt = clock.millis();
      }
    } else {
      proven.remove(done.member());
    }
  }

  @Override
  public synchronized void interrupted(DeployId deploy) {
    erase();
    out.println(FleetWording.interrupted(deploy));
    draw();
    out.flush();
  }

  @Override
  public synchronized void ended(Summary summary) {
    erase();
    FleetWording.end(summary).forEach(out::println);
    out.flush();
  }

  @Override
  public synchronized void over(int epoch, DeployId deploy, Summary summary) {
    out.println(FleetWording.over(epoch, deploy));
    ended(summary);
  }

  private void erase() {
    out.eraseLines(drawnRows);
    drawnRows = 0;
  }

  private void draw() {
    int all = Math.max(census.members(), 1);
    int bar = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, columns - WORDS));
    int filled = Math.min(bar, proven.size() * bar / all);
    row(
        phase
            + " ["
            + "#".repeat(filled)
            + ".".repeat(bar - filled)
            + "] "
            + proven.size()
            + " of "
            + census.members()
            + " proven, "
            + failed.size()
            + " failed"
            + pace()
            + state);
    row("  instances: " + census.byCommit());
    if (!underWay.isEmpty()) {
      row(steps());
      underWay.entrySet().stream()
          .limit(MOST_SLOW)
          .forEach(
              one ->
                  row(
                      "  "
                          + one.getKey()
                          + " for "
                          + (clock.millis() - one.getValue().since) / 1000
                          + " s: "
                          + step(one.getValue())));
    }
    drawnAt = clock.millis();
  }

  /** Returns how many are proven per minute, and the time left at that rate. */
  private String pace() {
    long millis = clock.millis() - firstProvenAt;
    int since = arrived - 1;
    if (since < 1 || millis < 1000) {
      return "";
    }
    double perMilli = (double) since / millis;
    long left = Math.round((census.members() - proven.size()) / perMilli / 1000);
    return String.format(
        Locale.ROOT,
        ", %d per minute, %d s to go",
        Math.round(perMilli * 60_000),
        Math.max(0, left));
  }

  private String steps() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (UnderWay one : underWay.values()) {
      counts.merge(step(one), 1, Integer::sum);
    }
    StringBuilder text = new StringBuilder("  under way: ");
    String separator = "";
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      text.append(separator).append(count.getValue()).append(' ').append(count.getKey());
      separator = ", ";
    }
    return text.toString();
  }

  private static String step(UnderWay one) {
    Step step = one.step;
    String name = step == null ? "asked" : step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return name + " (" + one.commit + ")";
  }

  private void row(String text) {
    print(text);
    drawnRows++;
  }

  private void print(String text) {
    out.println(text.length() < columns ? text : text.substring(0, Math.max(0, columns - 2)) + "…");
  }
}
