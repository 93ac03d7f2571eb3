package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.report.HtmlReport;
import dev.fastdeploy.benchmarks.sample.ResultsFile;
import dev.fastdeploy.benchmarks.summary.ResultsReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the report of a run again. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes the HTML report of a run that was made before.")
final class ReportCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "RESULTS", description = "its results.json")
  private Path results;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "where it goes (report.html beside the results)")
  private @Nullable Path html;

  ReportCommand() {}

  @Override
  public Integer call() throws IOException {
    Path file = html == null ? results.toAbsolutePath().resolveSibling("report.html") : html;
    HtmlReport.write(ResultsReport.of(ResultsFile.read(results)), file);
    System.out.println("The report is " + file);
    return 0;
  }
}
