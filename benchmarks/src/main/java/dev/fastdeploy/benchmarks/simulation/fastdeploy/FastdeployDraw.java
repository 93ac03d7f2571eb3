package dev.fastdeploy.benchmarks.simulation.fastdeploy;

/** The random draws for each instance of a deploy. */
enum FastdeployDraw {
  STAGE,
  DRAIN,
  RESTART
}
