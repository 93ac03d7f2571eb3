package dev.fastdeploy.benchmarks.report;

/** A picture of figures. */
public sealed interface Chart extends Block permits BarChart, LineChart {

  /**
   * Names the chart in its report, as the id of a section does; ids of sections and charts differ.
   */
  String id();

  /** Returns what the chart shows, in one line. */
  String title();
}
