package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What clients lose and how long they wait while deploys follow each other under load. */
final class HeldSection {

  private static final String WHAT =
      "Deploys go back and forth between two commits under one load, whose requests arrive at fixed"
          + " times, on a connection of their own each (`new`) or in turn on 64 kept ones"
          + " (`keep-alive`). With `held` the launcher holds the listening sockets while no process"
          + " runs; with `process` it does not. A client waits for 30 s and never asks again: a"
          + " request is lost if it is refused, reset, ended early, not answered in that time or"
          + " answered with something else than 200. Every request that was due is counted. A wait"
          + " is from when a request was due to its good answer; what is aimed at is 1.1 times"
          + " drain and start, and the queue by the rate at which it was answered. SYN again counts"
          + " the first packets that a client sent again, because a queue was full.";

  private static final String SMALL =
      "`tomcat`, `jetty`, `undertow`, `netty-nio` and `netty-epoll` are small services on these"
          + " servers, with the shutdown that each server's documentation shows; that of Netty takes"
          + " two seconds.";

  private HeldSection() {}

  static Section of(Measured measured) {
    List<HeldRow> rows = measured.held();
    List<Block> blocks = new ArrayList<>();
    if (!rows.isEmpty()) {
      blocks.add(new Prose(List.of(WHAT, SMALL)));
      blocks.add(lost(rows));
      blocks.add(parts(rows));
      blocks.add(Prose.of(sums(rows)));
    }
    return new Section("held", "Connections that wait", blocks);
  }

  private static Table lost(List<HeldRow> rows) {
    return table(
        "Requests lost, and the longest wait of the others",
        List.of(
            Column.figures("deploys", ""),
            Column.figures("lost", ""),
            Column.figures("of", ""),
            Column.words("how"),
            Column.figures("longest wait", "ms"),
            Column.figures("within the aim", ""),
            Column.figures("p99 back after", "ms"),
            Column.figures(Figure.SYN_RETRANSMISSIONS.title(), "")),
        rows,
        row ->
            List.of(
                Cell.text(Integer.toString(row.count())),
                row.total(Figure.FAILED),
                row.total(Figure.SENT),
                Cell.text(row.losses()),
                row.deploys().cell(Figure.LONGEST_WAIT),
                row.withinAim(),
                row.back(),
                row.total(Figure.SYN_RETRANSMISSIONS)));
  }

  private static Table parts(List<HeldRow> rows) {
    return table(
        "The parts of these deploys",
        List.of(
            Column.figures("drain", "ms"),
            Column.figures("start until ready", "ms"),
            Column.figures("queue", ""),
            Column.figures("queue time", "ms"),
            Column.figures("peak RSS", "MB"),
            Column.figures("processor", "s"),
            Column.figures("in", "s")),
        rows,
        row ->
            List.of(
                row.told(Figure.DRAIN),
                row.told(Figure.NEXT_READY),
                row.deploys().cell(Figure.QUEUE),
                row.deploys().cell(Figure.QUEUE_TIME),
                row.deploys().cell(Figure.PEAK_RESIDENT),
                row.deploys().cell(Figure.PROCESSOR),
                row.deploys().cell(Figure.SPAN)));
  }

  private static Table table(
      String title, List<Column> more, List<HeldRow> rows, Function<HeldRow, List<Cell>> figures) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.words("service"),
                Column.words("connections"),
                Column.figures("requests", "1/s"),
                Column.figures("JDK", ""),
                Column.words("strategy")));
    columns.addAll(more);
    List<List<Cell>> cells = new ArrayList<>();
    for (HeldRow row : rows) {
      List<Cell> line = new ArrayList<>(row.names());
      line.addAll(figures.apply(row));
      cells.add(line);
    }
    return new Table(title, columns, cells);
  }

  private static String sums(List<HeldRow> rows) {
    List<String> parts = new ArrayList<>();
    for (Way way : Way.values()) {
      List<HeldRow> own = rows.stream().filter(row -> row.way().equals(way.label())).toList();
      int deploys = own.stream().mapToInt(HeldRow::count).sum();
      if (deploys > 0) {
        parts.add(
            Words.code(way.label())
                + " lost "
                + Words.whole(own.stream().mapToDouble(row -> row.sum(Figure.FAILED)).sum())
                + " of "
                + Words.whole(own.stream().mapToDouble(row -> row.sum(Figure.SENT)).sum())
                + " requests in "
                + Words.count(deploys, "deploy", "deploys"));
      }
    }
    return parts.isEmpty() ? "No deploy took place." : "In all, " + Words.list(parts) + ".";
  }
}
