package dev.fastdeploy.benchmarks.report;

import java.io.IOException;
import java.util.Properties;

/**
 * Chart.js, from its WebJar.
 *
 * @param version of the library
 * @param licence its text, which goes wherever the script goes
 * @param script what a page runs; it defines {@code Chart}
 */
record ChartLibrary(String version, String licence, String script) {

  private static final String DESCRIPTION =
      "META-INF/maven/org.webjars.npm/chart.js/pom.properties";
  private static final String FOLDER = "META-INF/resources/webjars/chart.js/";

  /** The one that is on the class path. */
  static ChartLibrary load() throws IOException {
    Properties description = new Properties();
    description.load(new java.io.StringReader(Resources.text(DESCRIPTION)));
    String version = description.getProperty("version");
    String folder = FOLDER + version + "/";
    return new ChartLibrary(
        version,
        Resources.text(folder + "LICENSE.md").strip(),
        withoutSourceMap(Resources.text(folder + "dist/chart.umd.min.js")));
  }

  /** A browser's developer tools would ask for a file that does not lie beside the report. */
  private static String withoutSourceMap(String script) {
    return script.replaceAll("(?m)^//# sourceMappingURL=.*$", "").strip();
  }
}
