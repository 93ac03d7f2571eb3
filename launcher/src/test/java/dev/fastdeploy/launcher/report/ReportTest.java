package dev.fastdeploy.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.DeployOrder.Operation;
import dev.fastdeploy.launcher.fleet.FleetEvent;
import dev.fastdeploy.launcher.fleet.FleetListener;
import dev.fastdeploy.launcher.fleet.FleetSummary;
import dev.fastdeploy.launcher.fleet.InstanceOutcome;
import dev.fastdeploy.launcher.fleet.OldLoadersView;
import dev.fastdeploy.launcher.fleet.Target;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final DeployId DEPLOY = new DeployId("d-1");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

  private static final OldLoadersView LOADERS =
      new OldLoadersView(3, 1, 2, List.of("thread 'pool-1'"), List.of(), 40_000_000);

  private final StringWriter text = new StringWriter();
  private final CleanWriter out = new CleanWriter(text);

  @Test
  void linesCarryTheTimeAndStagingIsToldOnce() {
    LineReport report = new LineReport(out, CLOCK);

    report.on(new FleetEvent.Staging(at(1), 1_000_000, 12_300_000));
    report.on(new FleetEvent.Staging(at(1), 2_000_000, 12_300_000));
    report.on(new FleetEvent.Staging(at(2), 0, 0));

    assertThat(text.toString().lines())
        .containsExactly(
            "2026-01-02T03:04:05.678Z h1:1 staging 1.0 MB of 12.3 MB",
            "2026-01-02T03:04:05.678Z h2:1 staging 0 kB");
  }

  @Test
  void linesTellWhatWasChosenAndWhatWasLeftBehind() {
    LineReport report = new LineReport(out, CLOCK);

    report.on(new FleetEvent.Chosen(at(1), "process", "redefine: a resource differs"));
    report.on(new FleetEvent.Noted(at(1), "thread 'pool-1' did not end"));
    report.on(new FleetEvent.Loaders(at(1), LOADERS));

    assertThat(text.toString().lines())
        .containsExactly(
            "2026-01-02T03:04:05.678Z h1:1 by process (redefine: a resource differs)",
            "2026-01-02T03:04:05.678Z h1:1 note: thread 'pool-1' did not end",
            "2026-01-02T03:04:05.678Z h1:1 old loaders: 3 collected, 1 pending, 2 leaked;"
                + " metaspace 40.0 MB");
  }

  @Test
  void aConnectionThatEndsWithTheProcessDoesNotReadLikeAFault() {
    LineReport report = new LineReport(out, CLOCK);

    report.on(new FleetEvent.Reconnecting(at(1), "RST_STREAM closed", true));
    report.on(new FleetEvent.Reconnecting(at(2), "RST_STREAM closed", false));
    new JsonReport(out).on(new FleetEvent.Reconnecting(at(3), "RST_STREAM closed", true));

    assertThat(text.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith(" the process is being replaced; waiting for it"),
            line -> assertThat(line).endsWith(" reconnecting (RST_STREAM closed)"),
            line -> assertThat(line).contains("\"reason\":\"RST_STREAM closed\""));
  }

  @Test
  void jsonTellsTheSame() {
    JsonReport report = new JsonReport(out);

    report.on(new FleetEvent.Chosen(at(1), "process", "redefine: a resource differs"));
    report.on(new FleetEvent.Noted(at(1), "thread 'pool-1' did not end"));
    report.on(new FleetEvent.Loaders(at(1), LOADERS));

    String common = ",\"target\":\"h1:1\",\"deploy\":\"d-1\",\"commit\":\"new\",\"time\":1,";
    assertThat(text.toString().lines())
        .containsExactly(
            "{\"event\":\"chosen\""
                + common
                + "\"strategy\":\"process\",\"because\":\"redefine: a resource differs\"}",
            "{\"event\":\"noted\"" + common + "\"line\":\"thread 'pool-1' did not end\"}",
            "{\"event\":\"loaders\""
                + common
                + "\"collected\":3,\"pending\":1,\"leaked\":2,\"metaspaceBytes\":40000000,"
                + "\"heldBy\":[\"thread 'pool-1'\"],\"secondCopies\":[]}");
  }

  @Test
  void aRemarkDoesNotVanishFromTheTerminal() {
    TerminalProgress progress =
        new TerminalProgress(out, Clock.systemUTC().withZone(ZoneOffset.UTC), 3, 60);

    progress.on(new FleetEvent.Chosen(at(1), "redefine", ""));
    progress.on(proven(1));

    assertThat(screen())
        .containsExactly(
            "h1:1  by redefine", "h1:1  proven new", "1 of 3 proven, 0 failed, 0 under way");
  }

  @Test
  void failuresAreRepeatedInFullAtTheEnd() {
    LineReport report = new LineReport(out, CLOCK);

    report.on(rolledBack(1));
    report.on(proven(2));
    report.on(
        new FleetEvent.Finished(new FleetSummary(Operation.ROLLBACK, DEPLOY, "", 1, 1, 3, 2)));

    assertThat(text.toString().lines())
        .containsExactly(
            "2026-01-02T03:04:05.678Z h1:1 rolled back: it ended",
            "2026-01-02T03:04:05.678Z h2:1 proven new",
            "h1:1 rolled back: it ended",
            "  exit code 3",
            "  the last lines that new printed:",
            "  | boom?[31m",
            "rollback d-1: 1 proven, 1 failed, 3 untouched because an earlier one failed");
  }

  @Test
  void aFailureThatWasSaidInTheLineBeforeIsNotRepeated() {
    LineReport report = new LineReport(out, CLOCK);

    report.on(rolledBack(1));
    report.on(
        new FleetEvent.Finished(new FleetSummary(Operation.DEPLOY, DEPLOY, "new", 0, 1, 3, 2)));

    assertThat(text.toString().lines())
        .containsExactly(
            "2026-01-02T03:04:05.678Z h1:1 rolled back: it ended",
            "  exit code 3",
            "  the last lines that new printed:",
            "  | boom?[31m",
            "deploy d-1 of new: 0 proven, 1 failed, 3 untouched because an earlier one failed");
  }

  @Test
  void aFailureThatTheTerminalCutIsRepeated() {
    TerminalProgress progress = new TerminalProgress(out, CLOCK, 1, 20);

    progress.on(rolledBack(1));
    progress.on(
        new FleetEvent.Finished(new FleetSummary(Operation.DEPLOY, DEPLOY, "new", 0, 1, 0, 2)));

    assertThat(screen())
        .startsWith("h1:1  rolled back:…", "h1:1 rolled back: it ended", "  exit code 3");
  }

  @Test
  void interruptNamesEachInstance() {
    LineReport report = new LineReport(out, CLOCK);

    report.on(
        new FleetEvent.Interrupted(
            DEPLOY, List.of(target(1)), List.of(target(2), target(3)), List.of()));

    assertThat(text.toString().lines())
        .containsExactly(
            "interrupted: d-1 goes on without this command",
            "  done: h1:1",
            "  under way, goes on by itself: h2:1, h3:1",
            "  untouched: none");
  }

  @Test
  void terminalShowsOneRowForEachInstanceUnderWay() {
    TerminalProgress progress =
        new TerminalProgress(out, Clock.systemUTC().withZone(ZoneOffset.UTC), 3, 60);

    progress.on(new FleetEvent.Activated(at(1), "old"));
    assertThat(screen()).containsExactly("h1:1  activated", "0 of 3 proven, 0 failed, 1 under way");

    progress.on(proven(1));
    assertThat(screen())
        .containsExactly("h1:1  proven new", "1 of 3 proven, 0 failed, 0 under way");

    progress.on(rolledBack(2));
    progress.on(
        new FleetEvent.Finished(new FleetSummary(Operation.DEPLOY, DEPLOY, "new", 1, 1, 1, 2)));
    assertThat(screen())
        .containsExactly(
            "h1:1  proven new",
            "h2:1  rolled back: it ended",
            "  exit code 3",
            "  the last lines that new printed:",
            "  | boom?[31m",
            "deploy d-1 of new: 1 proven, 1 failed, 1 untouched because an earlier one failed");
  }

  @Test
  void terminalRowsAreNeverWiderThanTheTerminalNorMoreThanItShows() {
    Clock clock = new SteppingClock();
    TerminalProgress progress = new TerminalProgress(out, clock, 100, 20);

    for (int i = 0; i < 40; i++) {
      progress.on(new FleetEvent.Reconnecting(at(i), "a long reason that does not fit", false));
    }

    assertThat(screen()).hasSize(17).allMatch(line -> line.length() < 20);
  }

  @Test
  void jsonTellsAnInterrupt() {
    FleetListener report = new JsonReport(out);

    report.on(
        new FleetEvent.Interrupted(
            DEPLOY, List.of(), List.of(target(1)), List.of(target(2), target(3))));

    assertThat(text.toString().strip())
        .isEqualTo(
            "{\"event\":\"interrupted\",\"deploy\":\"d-1\",\"done\":[],\"underWay\":[\"h1:1\"],"
                + "\"untouched\":[\"h2:1\",\"h3:1\"]}");
  }

  @Test
  void jsonEscapesWhatAReleasePrinted() throws Exception {
    FleetListener report = new JsonReport(out);

    report.on(rolledBack(1));

    assertThat(com.fasterxml.jackson.jr.ob.JSON.std.mapFrom(text.toString()))
        .containsEntry("lastLines", List.of("boom\u001b[31m"));
    assertThat(text.toString()).doesNotContain("\u001b");
  }

  private static Target target(int i) {
    return new Target.Port("h" + i, 1);
  }

  private static FleetEvent.At at(int i) {
    return new FleetEvent.At(target(i), DEPLOY, "new", 1);
  }

  private static FleetEvent proven(int i) {
    return new FleetEvent.Ended(
        at(i),
        new InstanceOutcome(
            InstanceOutcome.Result.PROVEN, "old", "", "", null, List.of(), "", Map.of()));
  }

  private static FleetEvent rolledBack(int i) {
    return new FleetEvent.Ended(
        at(i),
        new InstanceOutcome(
            InstanceOutcome.Result.ROLLED_BACK,
            "old",
            "",
            "it ended",
            3,
            List.of("boom\u001b[31m"),
            "",
            Map.of()));
  }

  /** What a terminal would show: the two control sequences carried out. */
  private List<String> screen() {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    String rest = text.toString();
    for (int i = 0; i < rest.length(); i++) {
      if (rest.startsWith("\u001b[1A", i)) {
        line.setLength(0);
        lines.remove(lines.size() - 1);
        i += 3;
      } else if (rest.startsWith("\u001b[2K", i)) {
        line.setLength(0);
        i += 3;
      } else if (rest.charAt(i) == '\n') {
        lines.add(line.toString());
        line.setLength(0);
      } else {
        line.append(rest.charAt(i));
      }
    }
    return lines;
  }

  private static final class SteppingClock extends Clock {
    private long millis = 1_000;

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      millis += 100;
      return Instant.ofEpochMilli(millis);
    }
  }
}
