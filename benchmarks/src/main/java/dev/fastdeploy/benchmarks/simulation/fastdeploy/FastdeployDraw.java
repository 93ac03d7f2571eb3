package dev.fastdeploy.benchmarks.simulation.fastdeploy;

/** What is drawn for each instance of a deploy. */
enum FastdeployDraw {
  STAGE,
  DRAIN,
  RESTART
}
