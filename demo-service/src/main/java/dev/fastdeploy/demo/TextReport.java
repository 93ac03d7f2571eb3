package dev.fastdeploy.demo;

import dev.fastdeploy.demo.traffic.Judgement;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Prints the figures for people. */
final class TextReport {

  private static final String NONE = "-";

  private final PrintStream out;

  TextReport(PrintStream out) {
    this.out = out;
  }

  void print(Figures figures) {
    out.println();
    out.println("Results and phases are from each instance's own record, the rest is what clients");
    out.println("saw. Times are milliseconds since the instance was asked to run the commit.");
    figures.steps().forEach(this::print);
    out.println();
    out.println(
        "All requests, "
            + figures.perSecond()
            + " a second to each instance on JDK "
            + figures.jdk().feature()
            + ":");
    out.println("  " + described(figures.totals()));
    out.println();
    if (figures.problems().isEmpty()) {
      out.println("All as it must be: no request was refused or cut, each instance ran what");
      out.println("it should, no process or file is left.");
    } else {
      out.println("Not as it must be:");
      figures.problems().forEach(problem -> out.println("  " + problem));
    }
  }

  private static String described(Judgement requests) {
    String unread =
        requests.resetUnread() == 0
            ? ""
            : " (" + requests.resetUnread() + " of them reset before they were read)";
    return requests.served()
        + " served, "
        + requests.refused()
        + " refused"
        + unread
        + ", "
        + requests.failed()
        + " cut";
  }

  private void print(StepFigures figures) {
    out.println();
    told(figures).forEach(out::println);
    phases(figures).lines().forEach(line -> out.println(" " + line));
    requests(figures).lines().forEach(line -> out.println(" " + line));
  }

  /** Returns what happened, in words. */
  private static List<String> told(StepFigures figures) {
    Step step = figures.step();
    List<String> lines = new ArrayList<>();
    lines.add(
        step.name()
            + ": the command took "
            + (step.result().endMillis() - step.result().startMillis())
            + " ms and ended with "
            + step.result().exitCode()
            + ", "
            + step.deploy().ending());
    if (!step.toSucceed()) {
      figures.instances().forEach(instance -> lines.add("  " + told(step, instance)));
    }
    return lines;
  }

  private static String told(Step step, InstanceFigures instance) {
    if (!instance.asked()) {
      return instance.stayed()
          ? instance.instance() + " never left " + step.before() + ": the same process all the time"
          : instance.instance() + " left " + step.before() + ", though it was not asked to";
    }
    Outcome outcome = instance.outcome();
    return instance.instance()
        + ", the canary, went back: "
        + (outcome == null ? "it does not tell why" : outcome.reason());
  }

  /** Returns each phase as milliseconds since the instance was told to run the commit. */
  private static TextTable phases(StepFigures figures) {
    Set<String> phases = new LinkedHashSet<>();
    for (InstanceFigures instance : figures.instances()) {
      Outcome outcome = instance.outcome();
      if (outcome != null) {
        phases.addAll(outcome.sinceAccepted().keySet());
      }
    }
    TextTable table = new TextTable();
    List<String> heading = new ArrayList<>(List.of("instance", "result"));
    heading.addAll(phases);
    table.add(heading);
    for (InstanceFigures instance : figures.instances()) {
      Outcome outcome = instance.outcome();
      List<String> row = new ArrayList<>();
      row.add(instance.instance());
      row.add(outcome != null ? outcome.result() : instance.asked() ? NONE : "not asked");
      for (String phase : phases) {
        Long time = outcome == null ? null : outcome.sinceAccepted().get(phase);
        row.add(time == null ? NONE : time.toString());
      }
      table.add(row);
    }
    return table;
  }

  private static TextTable requests(StepFigures figures) {
    TextTable table = new TextTable();
    table.add(
        List.of(
            "instance",
            "before",
            "after",
            "first answer",
            "without answer",
            "served",
            "refused",
            "cut"));
    for (InstanceFigures instance : figures.instances()) {
      OptionalLong first = instance.firstAnswerMillis();
      table.add(
          List.of(
              instance.instance(),
              instance.before(),
              instance.after(),
              first.isPresent() ? Long.toString(first.getAsLong()) : NONE,
              Long.toString(instance.gapMillis()),
              Long.toString(instance.requests().served()),
              Long.toString(instance.requests().refused()),
              Long.toString(instance.requests().failed())));
    }
    return table;
  }
}
