package dev.fastdeploy.benchmarks.report;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine and the time of a measurement.
 *
 * @param cores processors that the JVM may use
 * @param memoryBytes memory that the JVM may use
 * @param cpu the processor's name; {@code unknown} if the system does not tell
 * @param kernel name and version
 * @param os the distribution's name; {@code unknown} if the system does not tell
 * @param jdks the JDKs in use, each with vendor and version; the first is the one that measured
 * @param date when this was read
 * @param commit the commit of the measured source, with {@code -dirty} if files differ from it;
 *     null if not known
 * @param loadAverage over the last minute, when this was read; negative if not known
 */
public record Machine(
    int cores,
    long memoryBytes,
    String cpu,
    String kernel,
    String os,
    List<String> jdks,
    Instant date,
    @Nullable String commit,
    double loadAverage) {

  /**
   * @throws IllegalArgumentException if there is no processor, no memory or no JDK
   */
  public Machine {
    if (cores < 1 || memoryBytes < 1) {
      throw new IllegalArgumentException(
          "a machine of " + cores + " cores and " + memoryBytes + " bytes of memory");
    }
    jdks = List.copyOf(jdks);
    Checks.filled("JDKs of a machine", jdks);
  }

  /**
   * This machine, now.
   *
   * @param otherJdks homes of further JDKs that take part; none may be missing
   * @throws IllegalArgumentException if one of them is not the home of a JDK
   */
  public static Machine here(Path... otherJdks) {
    return MachineReader.read(otherJdks);
  }

  /** A section that tells all of it; its id is {@code machine}. */
  public Section section() {
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(row("Processor", cpu));
    rows.add(row("Cores", Integer.toString(cores)));
    rows.add(row("Memory", Figures.text(memoryBytes / (double) (1L << 30)) + " GiB"));
    rows.add(row("System", os));
    rows.add(row("Kernel", kernel));
    for (String jdk : jdks) {
      rows.add(row("JDK", jdk));
    }
    rows.add(row("Date", date.truncatedTo(ChronoUnit.SECONDS).toString()));
    rows.add(row("Commit", commit == null ? "unknown" : commit));
    rows.add(row("Load average", loadAverage < 0 ? "unknown" : Figures.text(loadAverage)));
    List<Column> columns = List.of(Column.words(""), Column.words(""));
    return Section.of("machine", "Machine and versions", new Table("", columns, rows));
  }

  private static List<Cell> row(String name, String value) {
    return List.of(Cell.text(name), Cell.text(value));
  }
}
