package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.sample.Results;
import dev.fastdeploy.benchmarks.sample.ResultsFile;
import dev.fastdeploy.benchmarks.summary.Document;
import dev.fastdeploy.benchmarks.summary.RestartFigures;
import dev.fastdeploy.benchmarks.summary.ResultsReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the document of a run, with the results and pictures that it is based on. */
@Command(
    name = "docs",
    mixinStandardHelpOptions = true,
    description = "Writes docs/benchmarks.md from a run, and keeps its results beside it.")
final class DocsCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init")
  @Parameters(index = "0", paramLabel = "RESULTS", description = "the results.json of the run")
  private Path results;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "APART",
      description = "results of other runs, whose benchmarks replace those of the same name")
  private List<Path> apart = List.of();

  @Option(
      names = "--docs",
      paramLabel = "DIR",
      description = "the folder of the documents (${DEFAULT-VALUE})")
  private Path docs = Path.of("docs");

  DocsCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(docs)) {
      throw new IllegalArgumentException(
          "--docs '" + docs + "' is not a directory; run this in the project's root");
    }
    Results read = ResultsFile.read(results);
    for (Path file : apart) {
      read = read.with(ResultsFile.read(file));
    }
    Document document = Document.in(docs);
    Files.createDirectories(document.folder());
    ResultsFile.write(read, document.results());
    RestartFigures.write(read, document.restartTimes());
    if (!document.pictures().draw(ResultsReport.of(read))) {
      System.out.println("There is no Chromium on the path, so the document has no pictures.");
    }
    Files.writeString(document.text(), document.write(read));
    System.out.println("The document is " + document.text());
    return 0;
  }
}
