package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.fleet.Faults;
import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Point;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** One command and a fleet of thousands. */
final class FleetSection {

  private static final double MOST_SECONDS = 15;
  private static final double WANTED_SECONDS = 10;
  private static final double MOST_MEGABYTES = 512;

  private static final String WHAT =
      "One command, `deploy --fleet file:… --json`, brings a fleet to a commit. Each instance is"
          + " the agent's real control endpoint and deploy code over a simulated service, with"
          + " mutual TLS (P-256 certificates) and an address of its own, up to 1,000 in a JVM. It"
          + " is staged; at its activation its endpoint and its connections go away, as with"
          + " `process`, and come back after about 3.5 s. A tenth of the fleet changes at a time."
          + " Everything shares the machine, so the times include playing the fleet. Processor time"
          + " and memory are those of the command's own process. Each deploy is checked against"
          + " what the instances and the record say.";

  private static final String FAULTS =
      "With faults, of every forty instances one dies when it is activated, one accepts connections"
          + " and says nothing, one is four times as slow, and one comes up and fails until its"
          + " launcher goes back. Within the budget (6 % of each cause, done at 90 %) the slow ones"
          + " are proven, the dead and hung ones are unreachable, and the flapping ones have"
          + " failed. Over it (1 %) the deploy stops and goes back. The deploy waits 2 minutes for"
          + " an instance.";

  private static final String PLAN =
      "The real planner and its record in a directory, with simulated members, in virtual time: the"
          + " cost of a deploy without connections, including the JVM's start.";

  private FleetSection() {}

  static Section of(Measured measured) {
    List<Block> blocks = new ArrayList<>();
    List<List<Cell>> deploys = deploys(measured);
    if (!deploys.isEmpty()) {
      blocks.add(Prose.of(WHAT + flags(measured.fleetFlags())));
      blocks.add(Prose.of(FAULTS));
      blocks.add(deploysTable(deploys));
      aims(measured).ifPresent(blocks::add);
      growth("sockets", size -> measured.fleet(size, Faults.NONE), measured.fleetSizes())
          .ifPresent(blocks::add);
    }
    List<Integer> sizes = measured.plannedSizes();
    if (!sizes.isEmpty()) {
      blocks.add(Prose.of(PLAN));
      blocks.add(planTable(measured, sizes));
      growth("simulated members", measured::planned, sizes).ifPresent(blocks::add);
    }
    return new Section("fleet", "One deploy of thousands of instances", blocks);
  }

  private static String flags(String flags) {
    return flags.isEmpty() ? "" : " Its JVM has the flags `" + flags + "`.";
  }

  private static List<List<Cell>> deploys(Measured measured) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Faults faults : Faults.values()) {
      for (int size : measured.fleetSizes()) {
        Selection deploys = measured.fleet(size, faults);
        if (!deploys.isEmpty()) {
          rows.add(row(size, faults, deploys));
        }
      }
    }
    return rows;
  }

  private static List<Cell> row(int size, Faults faults, Selection deploys) {
    boolean whole = faults == Faults.NONE;
    Cell notWhole = Cell.notApplicable("not all can be proven");
    Cell takenBack = Cell.notApplicable("it was rolled back");
    return List.of(
        Cell.number(size),
        Cell.text(faults.label()),
        faults == Faults.OVER_BUDGET ? takenBack : only(deploys, Figure.FLEET_NINETY),
        whole ? only(deploys, Figure.FLEET_ALL) : notWhole,
        only(deploys, Figure.COMMAND_TIME),
        only(deploys, Figure.COMMAND_PROCESSOR),
        only(deploys, Figure.COMMAND_PEAK),
        only(deploys, Figure.INSTANCE_CALLS),
        only(deploys, Figure.FLEET_PROVEN),
        only(deploys, Figure.FLEET_FAILED),
        only(deploys, Figure.FLEET_UNREACHABLE));
  }

  /** Returns the figure of the only deploy of a size. */
  private static Cell only(Selection deploys, Figure figure) {
    return deploys
        .median(figure)
        .map(Cell::number)
        .orElseGet(() -> Cell.notApplicable(deploys.obstacle()));
  }

  private static Table deploysTable(List<List<Cell>> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.figures("instances", ""));
    columns.add(Column.words("faults"));
    for (Figure figure :
        List.of(
            Figure.FLEET_NINETY,
            Figure.FLEET_ALL,
            Figure.COMMAND_TIME,
            Figure.COMMAND_PROCESSOR,
            Figure.COMMAND_PEAK,
            Figure.INSTANCE_CALLS,
            Figure.FLEET_PROVEN,
            Figure.FLEET_FAILED,
            Figure.FLEET_UNREACHABLE)) {
      columns.add(Column.figures(figure.title(), figure.unit()));
    }
    return new Table("One command and its fleet", columns, rows);
  }

  private static Table planTable(Measured measured, List<Integer> sizes) {
    List<Figure> figures =
        List.of(
            Figure.FLEET_ALL,
            Figure.COMMAND_TIME,
            Figure.COMMAND_PROCESSOR,
            Figure.COMMAND_PEAK,
            Figure.RECORD_SIZE);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.figures("members", ""));
    columns.add(Column.figures("100 %, virtual time", "s"));
    figures.stream()
        .skip(1)
        .forEach(figure -> columns.add(Column.figures(figure.title(), figure.unit())));
    List<List<Cell>> rows = new ArrayList<>();
    for (int size : sizes) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.number(size));
      figures.forEach(figure -> row.add(only(measured.planned(size), figure)));
      rows.add(row);
    }
    return new Table("The planner and the record", columns, rows);
  }

  private static Optional<Block> aims(Measured measured) {
    int largest = measured.fleetSizes().get(measured.fleetSizes().size() - 1);
    Selection deploys = measured.fleet(largest, Faults.NONE);
    Optional<Double> seconds = deploys.median(Figure.COMMAND_PROCESSOR);
    Optional<Double> megabytes = deploys.median(Figure.COMMAND_PEAK);
    Optional<Double> calls = deploys.median(Figure.INSTANCE_CALLS);
    if (seconds.isEmpty() || megabytes.isEmpty() || calls.isEmpty()) {
      return Optional.empty();
    }
    String flags = deploys.samples().get(0).parameter("flags");
    return Optional.of(
        Prose.of(
            "The aims for the command, with 4,000 instances and without faults: at most 15 s of"
                + " processor time, then 10; at most 512 MB; no poll. With "
                + Words.number(largest)
                + " instances it used "
                + Words.number(seconds.get())
                + " s ("
                + verdict(seconds.get())
                + ") and "
                + Words.number(megabytes.get())
                + " MB ("
                + (megabytes.get() <= MOST_MEGABYTES ? "met" : "missed")
                + "), "
                + (flags.isEmpty()
                    ? "without flags for its JVM"
                    : "its JVM with " + Words.code(flags))
                + ". No instance was called more than "
                + Words.number(calls.get())
                + " times."));
  }

  private static String verdict(double seconds) {
    return seconds <= WANTED_SECONDS ? "both met" : seconds <= MOST_SECONDS ? "met" : "missed";
  }

  private interface BySize {
    Selection of(int size);
  }

  private static Optional<Block> growth(String what, BySize bySize, List<Integer> all) {
    List<Integer> sizes = all.stream().filter(size -> !bySize.of(size).isEmpty()).toList();
    List<String> parts = new ArrayList<>();
    for (Figure figure :
        List.of(Figure.COMMAND_TIME, Figure.COMMAND_PROCESSOR, Figure.COMMAND_PEAK)) {
      exponent(bySize, sizes, figure).ifPresent(parts::add);
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Prose.of(
            "From "
                + Words.number(sizes.get(0))
                + " to "
                + Words.number(sizes.get(sizes.size() - 1))
                + " with "
                + what
                + " the exponent, by least squares over the logarithms and in brackets between the"
                + " two largest, is "
                + Words.list(parts)
                + "."));
  }

  private static Optional<String> exponent(BySize bySize, List<Integer> sizes, Figure figure) {
    List<Point> points = new ArrayList<>();
    for (int size : sizes) {
      bySize.of(size).median(figure).ifPresent(value -> points.add(new Point(size, value)));
    }
    OptionalDouble whole = Exponent.of(points);
    OptionalDouble last =
        Exponent.of(points.subList(Math.max(0, points.size() - 2), points.size()));
    return whole.isEmpty() || last.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%.2f (%.2f) for the %s",
                whole.getAsDouble(),
                last.getAsDouble(),
                word(figure)));
  }

  private static String word(Figure figure) {
    return switch (figure) {
      case COMMAND_PROCESSOR -> "processor time";
      case COMMAND_PEAK -> "memory";
      default -> "time";
    };
  }
}
