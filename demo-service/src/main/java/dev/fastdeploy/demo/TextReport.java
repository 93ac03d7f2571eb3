package dev.fastdeploy.demo;

import dev.fastdeploy.demo.traffic.Judgement;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Prints the figures for people. */
final class TextReport {

  private static final String NONE = "-";

  private final PrintStream out;

  TextReport(PrintStream out) {
    this.out = out;
  }

  void print(Figures figures) {
    figures.steps().forEach(this::print);
    Judgement totals = figures.totals();
    out.println();
    out.println(
        "All requests, "
            + figures.perSecond()
            + " a second to each instance on JDK "
            + figures.jdk().feature()
            + ": "
            + described(totals));
    out.println();
    if (figures.problems().isEmpty()) {
      out.println(
          "All as it must be: no request was cut, each instance ran what it should, no process or"
              + " file is left.");
    } else {
      out.println("Not as it must be:");
      figures.problems().forEach(problem -> out.println("  " + problem));
    }
  }

  private static String described(Judgement requests) {
    String unread =
        requests.resetUnread() == 0
            ? ""
            : " (" + requests.resetUnread() + " of them reset before the service had read them)";
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
    Step step = figures.step();
    out.println();
    out.println(
        step.name()
            + ": the command took "
            + (step.result().endMillis() - step.result().startMillis())
            + " ms and ended with "
            + step.result().exitCode()
            + "; milliseconds since the instance took the RPC");
    phases(figures).lines().forEach(line -> out.println("  " + line));
    requests(figures).lines().forEach(line -> out.println("  " + line));
    reasons(figures).forEach(reason -> out.println("  " + reason));
  }

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
    heading.add("first answer of " + figures.step().commit());
    table.add(heading);
    for (InstanceFigures instance : figures.instances()) {
      Outcome outcome = instance.outcome();
      List<String> row = new ArrayList<>();
      row.add(instance.instance());
      row.add(outcome == null ? NONE : outcome.result());
      for (String phase : phases) {
        Long time = outcome == null ? null : outcome.sinceAccepted().get(phase);
        row.add(time == null ? NONE : time.toString());
      }
      row.add(
          instance.firstAnswerMillis().isPresent()
              ? Long.toString(instance.firstAnswerMillis().getAsLong())
              : NONE);
      table.add(row);
    }
    return table;
  }

  private static TextTable requests(StepFigures figures) {
    TextTable table = new TextTable();
    table.add(List.of("instance", "before", "after", "without answer", "served", "refused", "cut"));
    for (InstanceFigures instance : figures.instances()) {
      table.add(
          List.of(
              instance.instance(),
              instance.before(),
              instance.after(),
              instance.gapMillis() + " ms",
              Long.toString(instance.requests().served()),
              Long.toString(instance.requests().refused()),
              Long.toString(instance.requests().failed())));
    }
    return table;
  }

  private static Set<String> reasons(StepFigures figures) {
    Set<String> reasons = new LinkedHashSet<>();
    figures.instances().stream()
        .map(InstanceFigures::outcome)
        .filter(Objects::nonNull)
        .filter(outcome -> !outcome.reason().isEmpty())
        .forEach(outcome -> reasons.add(outcome.reason()));
    return reasons;
  }
}
