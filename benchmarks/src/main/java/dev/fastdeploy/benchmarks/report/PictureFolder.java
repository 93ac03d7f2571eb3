package dev.fastdeploy.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder beside a Markdown document that holds the pictures of its charts, each named by its
 * chart.
 *
 * @param folder which need not exist yet; its name is part of the links
 */
public record PictureFolder(Path folder) {

  private static final String PICTURE = ".png";

  /** The links by chart, for {@link MarkdownReport}: of the pictures that are there. */
  public Map<String, String> links() throws IOException {
    Map<String, String> links = new TreeMap<>();
    for (Path picture : pictures()) {
      String name = picture.getFileName().toString();
      links.put(
          name.substring(0, name.length() - PICTURE.length()), folder.getFileName() + "/" + name);
    }
    return links;
  }

  /**
   * Draws the charts of a report in place of what is there.
   *
   * @return whether that was possible; without a Chromium there are no pictures afterwards
   * @throws IOException if a picture cannot be written
   */
  public boolean draw(Report report) throws IOException {
    Files.createDirectories(folder);
    for (Path picture : pictures()) {
      Files.delete(picture);
    }
    if (!ChartPictures.possible()) {
      return false;
    }
    Path html = Files.createTempFile("report", ".html");
    try {
      HtmlReport.write(report, html);
      ChartPictures.draw(html, folder);
    } finally {
      Files.delete(html);
    }
    return true;
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
