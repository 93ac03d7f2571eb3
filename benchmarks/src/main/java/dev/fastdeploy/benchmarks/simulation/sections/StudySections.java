package dev.fastdeploy.benchmarks.simulation.sections;

import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.simulation.Contribution;
import dev.fastdeploy.benchmarks.simulation.Paced;
import dev.fastdeploy.benchmarks.simulation.Profile;
import dev.fastdeploy.benchmarks.simulation.Scenario;
import dev.fastdeploy.benchmarks.simulation.Size;
import dev.fastdeploy.benchmarks.simulation.Study;
import dev.fastdeploy.benchmarks.simulation.Variant;
import dev.fastdeploy.benchmarks.simulation.fastdeploy.Pace;
import dev.fastdeploy.benchmarks.simulation.rollout.Summary;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A study as sections of a report. The sections of two profiles can stand in the same report. */
public final class StudySections {

  private final Study study;
  private final String profile;

  private StudySections(Study study) {
    this.study = study;
    profile = study.scenario().profile().text();
  }

  /** The course of both rollouts, and what was found out about them. */
  public static List<Section> of(Study study) {
    StudySections sections = new StudySections(study);
    return List.of(
        sections.course(),
        sections.paces(),
        sections.contributions(),
        sections.attempts(),
        sections.sizes(),
        sections.assumptions(),
        sections.parameters());
  }

  private Section course() {
    Scenario scenario = study.scenario();
    return Section.of(
        id("course"),
        "Simulation, profile " + profile + ": " + count(scenario.tasks()) + " instances",
        Prose.of(
            "A simulation, not a measurement: `docs/simulation.md` tells what it models and where"
                + " each parameter comes from. Seed "
                + scenario.seed()
                + switchedOff(scenario)
                + ".",
            "Restart times of one instance are "
                + scenario.restartTimes().text()
                + ". Both ways start the application with them."),
        summaries(),
        CourseChart.of(id("ecs"), "Rolling update of Amazon ECS: instances by commit", study.ecs()),
        CourseChart.of(
            id("fastdeploy"),
            "fastdeploy, " + atATime() + ": instances by commit",
            study.fastdeploy()));
  }

  private static String switchedOff(Scenario scenario) {
    if (scenario.without().isEmpty()) {
      return "";
    }
    return "; switched off: "
        + scenario.without().stream().sorted().map(Term::text).collect(Collectors.joining(", "));
  }

  private String atATime() {
    return study.scenario().fastdeploy().pace().text();
  }

  private Table summaries() {
    return new Table(
        "Time until the new commit is proven, and until the last instance with the old one has ended",
        List.of(
            Column.words(""),
            Column.figures("50 %", ""),
            Column.figures("90 %", ""),
            Column.figures("99 %", ""),
            Column.figures("100 %", ""),
            Column.figures("old one gone", ""),
            Column.figures("fewest in service", "%")),
        List.of(
            summary("rolling update of Amazon ECS", study.ecs().summary()),
            summary("fastdeploy, " + atATime(), study.fastdeploy().summary())));
  }

  private static List<Cell> summary(String name, Summary summary) {
    return List.of(
        Cell.text(name),
        time(summary.half()),
        time(summary.ninety()),
        time(summary.ninetyNine()),
        time(summary.all()),
        time(summary.end()),
        Cell.text(summary.fewestServingPercent() + ""));
  }

  private Section paces() {
    return Section.of(
        id("paces"),
        "How many may change at a time, profile " + profile,
        Prose.of(
            "The command's own planner takes "
                + count(study.scenario().tasks())
                + " instances there with other options. The last column is what speed costs."),
        new Table(
            "Time until the new commit is proven, beside what the original reported",
            List.of(
                Column.words("deploy"),
                Column.figures("50 %", ""),
                Column.figures("90 %", ""),
                Column.figures("difference from the original", ""),
                Column.figures("100 %", ""),
                Column.figures("fewest in service", "%")),
            Stream.concat(Stream.of(original()), study.paced().stream().map(StudySections::paced))
                .toList()));
  }

  private static List<Cell> original() {
    return List.of(
        Cell.text(
            "the original, " + count(Profile.ORIGINAL_TASKS) + " containers, as reported [1]"),
        Cell.text("not told"),
        time(Profile.ORIGINAL_NINETY),
        Cell.text("0 s"),
        Cell.text("not told"),
        Cell.text("not told"));
  }

  private static List<Cell> paced(Paced paced) {
    Summary summary = paced.fastdeploy();
    return List.of(
        Cell.text("`" + paced.pace().options() + "`"),
        time(summary.half()),
        time(summary.ninety()),
        Cell.text(Times.difference(Profile.ORIGINAL_NINETY, summary.ninety())),
        time(summary.all()),
        Cell.text(summary.fewestServingPercent() + ""));
  }

  private Section contributions() {
    Duration ecs = study.ecs().untilEnd();
    Duration fastdeploy = study.fastdeploy().untilEnd();
    return Section.of(
        id("contributions"),
        "What each part of the delay contributes, profile " + profile,
        Prose.of(
            "Each line switches one part off (`--without`) and leaves the others. The parts overlap,"
                + " so the differences do not add up."),
        new Table(
            "Time until the old commit is gone",
            List.of(
                Column.words("without"),
                Column.words("in the rolling update"),
                Column.figures("rolling update", ""),
                Column.figures("difference", ""),
                Column.words("in fastdeploy"),
                Column.figures("fastdeploy", ""),
                Column.figures("difference", "")),
            Stream.concat(
                    Stream.of(contribution("nothing", "", ecs, ecs, "", fastdeploy, fastdeploy)),
                    study.contributions().stream().map(one -> contribution(one, ecs, fastdeploy)))
                .toList()));
  }

  private static List<Cell> contribution(
      Contribution contribution, Duration ecs, Duration fastdeploy) {
    Term term = contribution.term();
    return contribution(
        "`" + term.text() + "`",
        term.ecs(),
        contribution.ecs().end(),
        ecs,
        term.fastdeploy(),
        contribution.fastdeploy().end(),
        fastdeploy);
  }

  private static List<Cell> contribution(
      String name,
      String inEcs,
      Duration ecs,
      Duration ecsBefore,
      String inFastdeploy,
      Duration fastdeploy,
      Duration fastdeployBefore) {
    return List.of(
        Cell.text(name),
        Cell.text(inEcs),
        time(ecs),
        Cell.text(Times.difference(ecsBefore, ecs)),
        Cell.text(inFastdeploy),
        time(fastdeploy),
        Cell.text(Times.difference(fastdeployBefore, fastdeploy)));
  }

  private Section attempts() {
    Duration before = study.ecs().untilEnd();
    List<List<Cell>> rows =
        Stream.concat(
                study.attempts().stream()
                    .map(one -> attempt(one.name(), one.remark(), one.ecs(), before)),
                Stream.of(
                    attempt(
                        "fastdeploy instead, " + atATime(),
                        "a launcher and an agent in each container",
                        study.fastdeploy().summary(),
                        before)))
            .toList();
    return Section.of(
        id("attempts"),
        "What the rejected attempts would have bought, profile " + profile,
        new Table(
            "A faster rolling update, and what it takes",
            List.of(
                Column.words("attempt"),
                Column.words("price"),
                Column.figures("90 %", ""),
                Column.figures("100 %", ""),
                Column.figures("old one gone", ""),
                Column.figures("difference", "")),
            rows));
  }

  private static List<Cell> attempt(String name, String price, Summary summary, Duration before) {
    return List.of(
        Cell.text(name),
        Cell.text(price),
        time(summary.ninety()),
        time(summary.all()),
        time(summary.end()),
        Cell.text(Times.difference(before, summary.end())));
  }

  private Section sizes() {
    return Section.of(
        id("sizes"),
        "From 100 to 10,000 instances, profile " + profile,
        Prose.of(
            "The share that stays in service is what fastdeploy pays for speed: a rolling update"
                + " keeps all of it, and takes machines for "
                + study.scenario().ecs().capacity().sparePercent()
                + " % more tasks to do so."),
        new Table(
            "Time until the new commit is proven on 90 % and on all, and fewest in service meanwhile",
            List.of(
                Column.figures("instances", ""),
                Column.figures("rolling update 90 %", ""),
                Column.figures("100 %", ""),
                Column.figures("old one gone", ""),
                Column.figures("fastdeploy, all at once, 90 %", ""),
                Column.figures("100 %", ""),
                Column.figures("fewest in service", "%"),
                Column.figures("fastdeploy, " + Pace.RECOMMENDED.text() + ", 90 %", ""),
                Column.figures("100 %", ""),
                Column.figures("fewest in service", "%")),
            study.sizes().stream().map(StudySections::size).toList()));
  }

  private static List<Cell> size(Size size) {
    return List.of(
        Cell.text(count(size.tasks())),
        time(size.ecs().ninety()),
        time(size.ecs().all()),
        time(size.ecs().end()),
        time(size.allAtOnce().ninety()),
        time(size.allAtOnce().all()),
        Cell.text(size.allAtOnce().fewestServingPercent() + ""),
        time(size.recommended().ninety()),
        time(size.recommended().all()),
        Cell.text(size.recommended().fewestServingPercent() + ""));
  }

  private Section assumptions() {
    return Section.of(
        id("assumptions"),
        "What the result stands on, profile " + profile,
        Prose.of(
            "Nobody published these of the original service. The same simulation with others in"
                + " their place:"),
        new Table(
            "Time until the new commit is proven on 90 %, and until the old one is gone",
            List.of(
                Column.words("assumption"),
                Column.words(""),
                Column.figures("rolling update 90 %", ""),
                Column.figures("old one gone", ""),
                Column.figures("fastdeploy 90 %", ""),
                Column.figures("old one gone", "")),
            study.assumptions().stream().map(StudySections::assumption).toList()));
  }

  private static List<Cell> assumption(Variant variant) {
    return List.of(
        Cell.text(variant.name()),
        Cell.text(variant.remark()),
        time(variant.ecs().ninety()),
        time(variant.ecs().end()),
        time(variant.fastdeploy().ninety()),
        time(variant.fastdeploy().end()));
  }

  private Section parameters() {
    return Section.of(
        id("parameters"),
        "Parameters, profile " + profile,
        Prose.of(
            "Numbers in brackets lead to the sources in `docs/simulation.md`. What is switched off"
                + " by `--without` shows here too."),
        ParameterTable.of(study.scenario()));
  }

  private static Cell time(Duration duration) {
    return Cell.text(Times.text(duration));
  }

  /** With commas between thousands. */
  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private String id(String what) {
    return "simulation-" + profile + "-" + what;
  }
}
