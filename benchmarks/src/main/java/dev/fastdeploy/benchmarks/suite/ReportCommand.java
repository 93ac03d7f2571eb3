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
    description = "Writes the HTML report of an earlier run.")
final class ReportCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init")
  @Parameters(paramLabel = "RESULTS", description = "the results.json of the run")
  private Path results;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "the file to write (report.html beside the results)")
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
