package dev.fastdeploy.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The charts of a written report as pictures, for documents that cannot draw. Stateless. */
public final class ChartPictures {

  private static final Pattern PICTURE =
      Pattern.compile("id=\"([a-z0-9-]+)\"[^>]* data-picture=\"data:image/png;base64,([^\"]+)\"");

  private ChartPictures() {}

  /** Returns whether this machine can draw, for which it needs a Chromium on the search path. */
  public static boolean possible() {
    return Chromium.find().isPresent();
  }

  /**
   * Draws every chart of a report to {@code ID.png}, in light colours.
   *
   * @param report a file that {@link HtmlReport} wrote
   * @param folder where the pictures go; made if it does not exist
   * @return the files' names by the id of their chart, for {@link MarkdownReport}
   * @throws IOException if there is no Chromium, it fails, or a chart cannot be drawn
   */
  public static Map<String, String> draw(Path report, Path folder) throws IOException {
    Optional<Chromium> chromium = Chromium.find();
    if (chromium.isEmpty()) {
      throw new IOException("the search path has no chromium: install it, or leave pictures out");
    }
    String dom =
        chromium
            .get()
            .with("--window-size=960,800")
            .with("--force-device-scale-factor=2")
            .dom(report.toUri() + "#pictures");
    DrawnPage.of(dom).mustBeComplete(report);
    Files.createDirectories(folder);
    Map<String, String> names = new LinkedHashMap<>();
    for (MatchResult picture : PICTURE.matcher(dom).results().toList()) {
      String name = picture.group(1) + ".png";
      Files.write(folder.resolve(name), Base64.getDecoder().decode(picture.group(2)));
      names.put(picture.group(1), name);
    }
    return names;
  }
}
