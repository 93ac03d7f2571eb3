package dev.fastdeploy.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report of a page about itself, once a browser has opened it.
 *
 * @param charts how many it has
 * @param drawn how many of them show at least one of their series
 * @param series how many series all charts should show; one without any figure but zero is not seen
 * @param visible how many of them are seen in their colour
 * @param errors how many errors of scripts and refused requests there were
 * @param requests how many resources were asked for
 * @param firstError empty if there was none
 */
record DrawnPage(
    int charts, int drawn, int series, int visible, int errors, int requests, String firstError) {

  /**
   * Reads the attributes that {@code report.js} sets.
   *
   * @throws IOException if they are missing: the script has not run
   */
  static DrawnPage of(String dom) throws IOException {
    return new DrawnPage(
        count(dom, "charts"),
        count(dom, "drawn"),
        count(dom, "series"),
        count(dom, "visible"),
        count(dom, "errors"),
        count(dom, "requests"),
        attribute(dom, "first-error", ""));
  }

  void mustBeComplete(Path report) throws IOException {
    if (drawn != charts || errors != 0) {
      throw new IOException(
          drawn + " of " + charts + " charts of " + report + " could be drawn: " + firstError);
    }
  }

  private static int count(String dom, String name) throws IOException {
    String value = attribute(dom, name, "");
    if (value.isEmpty()) {
      throw new IOException("the page does not say its number of " + name + ": no script has run");
    }
    return Integer.parseInt(value);
  }

  private static String attribute(String dom, String name, String otherwise) {
    Matcher attribute = Pattern.compile("<html[^>]* data-" + name + "=\"([^\"]*)\"").matcher(dom);
    return attribute.find() ? attribute.group(1) : otherwise;
  }
}
