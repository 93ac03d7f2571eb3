package dev.fastdeploy.benchmarks.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One report. In all texts of a report, what stands between two backticks is code; everything else
 * is taken literally.
 *
 * @param title the heading; one line
 * @param intro what the report answers, in a few sentences; may be empty
 * @param sections in reading order
 */
public record Report(String title, String intro, List<Section> sections) {

  /**
   * @throws IllegalArgumentException if the title is empty, or two sections or two charts have the
   *     same id
   */
  public Report {
    Checks.line("title of the report", title);
    sections = List.copyOf(sections);
    Set<String> ids = new HashSet<>();
    for (Section section : sections) {
      claim(ids, section.id());
      for (Chart chart : section.charts()) {
        claim(ids, chart.id());
      }
    }
  }

  /** The charts of all sections, in reading order. */
  public List<Chart> charts() {
    return sections.stream().flatMap(section -> section.charts().stream()).toList();
  }

  private static void claim(Set<String> ids, String id) {
    if (!ids.add(id)) {
      throw new IllegalArgumentException(
          "the report has two sections or charts named '" + id + "': rename one");
    }
  }
}
