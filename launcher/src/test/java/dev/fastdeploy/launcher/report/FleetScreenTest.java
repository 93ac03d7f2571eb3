package dev.fastdeploy.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.UsualPlan;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people see of a fleet: the rows of a terminal, and the line at the beginning of a log. */
class FleetScreenTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Commit OLD = new Commit("c1");
  private static final Commit NEW = new Commit("c2");

  private final StringWriter text = new StringWriter();
  private final CleanWriter out = new CleanWriter(text);
  private Clock clock = Clock.fixed(START, ZoneOffset.UTC);

  @Test
  void theWholeFleetIsCountedBeforeAnybodyIsAsked() {
    FleetScreen screen = screen();
    found(screen, "a", OLD);
    found(screen, "b", OLD);
    found(screen, "c", NEW);
    later(screen, new Event.Entered("staging"));

    assertThat(rows())
        .containsExactly(
            "staging [" + "#".repeat(10) + ".".repeat(20) + "] 1 of 3 proven, 0 failed",
            "  instances: 2 run c1, 1 runs c2");
  }

  @Test
  void theCommitsChangeWithWhatIsProvenAndWhoHasGone() {
    FleetScreen screen = screen();
    found(screen, "a", OLD);
    found(screen, "b", OLD);
    found(screen, "c", null);
    screen.said(new Event.Begun(member("a"), NEW));
    screen.said(new Event.Proven(member("a"), NEW));
    screen.said(new Event.Vanished(member("b")));
    later(screen, new Event.Entered("sweeping"));

    assertThat(rows())
        .containsExactly(
            "sweeping [" + "#".repeat(15) + ".".repeat(15) + "] 1 of 2 proven, 0 failed",
            "  instances: 1 runs an unknown commit, 1 runs c2");
  }

  @Test
  void theRateCountsThoseThatWereMoved() {
    FleetScreen screen = screen();
    found(screen, "a", NEW);
    for (String name : List.of("b", "c", "d")) {
      found(screen, name, OLD);
    }
    screen.said(new Event.Begun(member("b"), NEW));
    screen.said(new Event.Proven(member("b"), NEW));
    clock = Clock.offset(clock, Duration.ofSeconds(5));
    later(screen, new Event.Proven(member("c"), NEW));

    assertThat(rows().get(0)).endsWith("3 of 4 proven, 0 failed, 10 per minute, 6 s to go");
  }

  @Test
  void aNarrowTerminalHasAShortBar() {
    FleetScreen screen = screen(50);
    found(screen, "a", OLD);
    later(screen, new Event.Entered("staging"));

    assertThat(rows().get(0)).isEqualTo("staging [.....] 0 of 1 proven, 0 failed");
  }

  @Test
  void aLogBeginsWithWhatWasFound() {
    FleetLines lines = new FleetLines(out, clock);
    found(lines, "a", OLD);
    found(lines, "b", OLD);
    lines.said(new Event.Entered("staging"));
    found(lines, "late", OLD);
    lines.said(new Event.Entered("activating 1"));

    assertThat(text.toString().lines())
        .containsExactly(
            "2026-01-02T03:04:05Z 2 instances: 2 run c1; 2 in service",
            "2026-01-02T03:04:05Z -- staging",
            "2026-01-02T03:04:05Z -- activating 1");
  }

  @Test
  void whoeverHasGoneIsNotInService() {
    FleetLines lines = new FleetLines(out, clock);
    for (String name : List.of("a", "b", "c", "d")) {
      found(lines, name, OLD);
    }
    lines.said(new Event.Vanished(member("b")));
    lines.said(new Event.NewImage(member("c"), NEW));
    lines.said(new Event.SameMember(member("a"), member("d")));
    lines.said(new Event.Entered("staging"));

    assertThat(text.toString()).contains(" 1 instance: 1 runs c1; 1 in service\n");
  }

  @Test
  void ofManyCommitsTheMostFrequentAreNamed() {
    FleetCensus census = new FleetCensus();
    for (int i = 0; i < 7; i++) {
      census.take(
          new Event.Found(
              member("m" + i), "h:1", "", new Commit(i < 2 ? "c" : "c" + i), true, false));
    }

    assertThat(census.found())
        .isEqualTo(
            "7 instances: 2 run c, 1 runs c2, 1 runs c3, 1 runs c4, and 2 more commits; 0 in service");
  }

  private FleetScreen screen() {
    return screen(120);
  }

  private FleetScreen screen(int columns) {
    FleetScreen screen = new FleetScreen(out, new Now(), columns);
    screen.begun(1, 0, UsualPlan.of(new DeployId("d-1"), NEW, OLD, "h:1"));
    return screen;
  }

  private static void found(FleetReport report, String name, @Nullable Commit running) {
    report.said(new Event.Found(member(name), name + ":1", "", running, true, true));
  }

  private static MemberId member(String name) {
    return new MemberId(name);
  }

  /** Shows the next picture, which nothing else would for a while. */
  private void later(FleetScreen screen, Event event) {
    clock = Clock.offset(clock, Duration.ofSeconds(1));
    text.getBuffer().setLength(0);
    screen.said(event);
  }

  private List<String> rows() {
    return text.toString().replaceAll("\u001b\\[[0-9]*[A-Z]", "").lines().toList();
  }

  private final class Now extends Clock {

    @Override
    public Instant instant() {
      return clock.instant();
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
