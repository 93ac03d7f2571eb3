package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.Figure;
import java.util.ArrayList;
import java.util.List;

/** The way of a release from a store to the disk. */
final class StagingSection {

  private static final Prose WHAT =
      Prose.of(
          "A release of 100 jars of 400,000 bytes each, from a directory or from an S3 server on"
              + " the loopback address. fastdeploy, in a warm JVM, also fetches and verifies a"
              + " checksum and checks each path. `curl | tar` is a shell script that fetches the"
              + " same archive from the same place (with signed requests to S3) and unpacks it;"
              + " with `sync` it also syncs every file and directory, as fastdeploy always does.");

  private record Line(String words, String method, String kind) {}

  private static final List<Line> LINES =
      List.of(
          new Line("fastdeploy, tar.gz", "stage", "TAR_GZ"),
          new Line("fastdeploy, tar.zst", "stage", "TAR_ZST"),
          new Line("curl | tar, with sync", "curlTarSync", "TAR_GZ"),
          new Line("curl | tar, without", "curlTar", "TAR_GZ"));

  private StagingSection() {}

  static Section of(Measured measured) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Line line : LINES) {
      Selection directory = measured.stagings("directory", line.kind(), line.method());
      Selection s3 = measured.stagings("s3", line.kind(), line.method());
      if (!directory.isEmpty() || !s3.isEmpty()) {
        rows.add(
            List.of(Cell.text(line.words()), directory.cell(Figure.TIME), s3.cell(Figure.TIME)));
      }
    }
    List<Block> blocks =
        rows.isEmpty()
            ? List.of()
            : List.of(
                WHAT,
                new Table(
                    "From the store to the disk",
                    List.of(
                        Column.words("way"),
                        Column.figures("directory", "ms"),
                        Column.figures("S3", "ms")),
                    rows));
    return new Section("staging", "Staging", blocks);
  }
}
