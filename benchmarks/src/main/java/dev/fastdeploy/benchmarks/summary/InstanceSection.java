package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Spread;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.InstanceKind;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import java.util.ArrayList;
import java.util.List;

/** The cost that fastdeploy adds to a running service. */
final class InstanceSection {

  private static final List<Figure> FIGURES =
      List.of(
          Figure.START,
          Figure.SERVICE_MEMORY,
          Figure.END,
          Figure.ANNOUNCED_ANSWER,
          Figure.RESIDENT,
          Figure.PRIVATE_DIRTY);

  private static final Prose WHAT =
      Prose.of(
          "A round starts the service three times, each time from the disk cache: by itself, with"
              + " the agent, which this benchmark adopts as a launcher would, and below the"
              + " launcher. Start is the time from the start of the first process (with a launcher,"
              + " its JVM) to the service's first answer; memory is the proportional set size of"
              + " the service's process after requests and two collections (below the launcher its"
              + " control endpoint has been called by then, with the agent alone it has not); end"
              + " is the time from TERM to the end of the first process. Restart is a deploy by"
              + " `process`, from the announced end of the service to the first answer of the new"
              + " commit. RSS and private dirty are the launcher's own after that deploy, with the"
              + " flags of its entrypoint.");

  private InstanceSection() {}

  static Section of(Measured measured) {
    List<Block> blocks = new ArrayList<>();
    for (ServiceKind service : ServiceKind.values()) {
      if (!measured.instances(service, InstanceKind.PLAIN).isEmpty()) {
        blocks.add(figures(measured, service));
        blocks.add(added(new Added(measured, service)));
      }
    }
    if (!blocks.isEmpty()) {
      blocks.add(0, WHAT);
    }
    return new Section("instance", "What an instance costs", blocks);
  }

  private static Table figures(Measured measured, ServiceKind service) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("with"));
    FIGURES.forEach(figure -> columns.add(Column.figures(figure.title(), figure.unit())));
    List<List<Cell>> rows = new ArrayList<>();
    for (InstanceKind kind : InstanceKind.values()) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(kind.label()));
      FIGURES.forEach(figure -> row.add(measured.instances(service, kind).cell(figure)));
      rows.add(row);
    }
    return new Table("An instance of " + service.label(), columns, rows);
  }

  private static Table added(Added added) {
    return new Table(
        "Added to " + added.service().label() + ", round by round, against the aims",
        List.of(
            Column.words("what"),
            Column.figures("measured", ""),
            Column.words("aim"),
            Column.words("met by the median")),
        List.of(
            row("start, by the agent (ms)", added.byAgent(Figure.START), 40),
            row("memory, by the agent (MB)", added.byAgent(Figure.SERVICE_MEMORY), 25),
            row(
                "memory, by the agent once it was called (MB)",
                added.byAgentInUse(Figure.SERVICE_MEMORY),
                25),
            row("end, by the agent (ms)", added.byAgent(Figure.END), 20),
            row("restart against a plain start (times)", added.restartAgainstStart(), 1.1),
            row("launcher's RSS (MB)", added.launcher(Figure.RESIDENT), 40),
            row("launcher's private dirty (MB)", added.launcher(Figure.PRIVATE_DIRTY), 12)));
  }

  private static List<Cell> row(String what, List<Double> values, double aim) {
    return List.of(
        Cell.text(what),
        values.isEmpty() ? Cell.notApplicable("not measured") : Cell.measured(values),
        Cell.text("at most " + Words.number(aim)),
        Cell.text(met(values, aim)));
  }

  private static String met(List<Double> values, double aim) {
    if (values.isEmpty()) {
      return "not measured";
    }
    return Spread.of(values).median() <= aim ? "yes" : "no";
  }
}
