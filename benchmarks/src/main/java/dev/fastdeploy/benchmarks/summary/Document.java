package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.MarkdownReport;
import dev.fastdeploy.benchmarks.report.PictureFolder;
import dev.fastdeploy.benchmarks.sample.Results;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The document about a run: {@code benchmarks.md}, and in the folder {@code benchmarks} beside it
 * the results that it was written from and the pictures of its charts.
 *
 * @param text the document
 * @param folder with results and pictures
 */
public record Document(Path text, Path folder) {

  private static final String GENERATED =
      """
      <!-- Written by: java -jar benchmarks/target/benchmarks.jar docs RESULTS.json. Change the
           code that writes it, or the results; a test holds it to both. -->

      """;

  /** Returns the document in a folder of documents. */
  public static Document in(Path docs) {
    return new Document(docs.resolve("benchmarks.md"), docs.resolve("benchmarks"));
  }

  /** Returns the results that it was written from. */
  public Path results() {
    return folder.resolve("results.json");
  }

  /**
   * Returns the file with the restart times of the run, which {@code simulate --restart-times}
   * reads.
   */
  public Path restartTimes() {
    return folder.resolve("restart-times.json");
  }

  /** Returns the pictures of its charts. */
  public PictureFolder pictures() {
    return new PictureFolder(folder);
  }

  /** Writes the document's text for results, with the pictures in the folder. */
  public String write(Results results) throws IOException {
    return GENERATED + MarkdownReport.text(ResultsReport.of(results), pictures().links());
  }
}
