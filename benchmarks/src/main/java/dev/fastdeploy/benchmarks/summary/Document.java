package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.MarkdownReport;
import dev.fastdeploy.benchmarks.sample.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The document about a run: {@code benchmarks.md}, and in the folder {@code benchmarks} beside it
 * the results that it was written from and the pictures of its charts.
 *
 * @param text the document
 * @param folder with results and pictures
 */
public record Document(Path text, Path folder) {

  private static final String PICTURE = ".png";

  private static final String GENERATED =
      """
      <!-- Written by: java -jar benchmarks/target/benchmarks.jar docs RESULTS.json. Change the
           code that writes it, or the results; a test holds it to both. -->

      """;

  /** The document in a folder of documents. */
  public static Document in(Path docs) {
    return new Document(docs.resolve("benchmarks.md"), docs.resolve("benchmarks"));
  }

  /** The results that it was written from. */
  public Path results() {
    return folder.resolve("results.json");
  }

  /** The document's text for results, with the pictures that are in the folder. */
  public String write(Results results) throws IOException {
    Map<String, String> pictures = new TreeMap<>();
    for (Path picture : pictures()) {
      String name = picture.getFileName().toString();
      pictures.put(
          name.substring(0, name.length() - PICTURE.length()), folder.getFileName() + "/" + name);
    }
    return GENERATED + MarkdownReport.text(ResultsReport.of(results), pictures);
  }

  /** Takes away the pictures of an earlier run. */
  public void deletePictures() throws IOException {
    for (Path picture : pictures()) {
      Files.delete(picture);
    }
  }

  private List<Path> pictures() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(PICTURE)).sorted().toList();
    }
  }
}
