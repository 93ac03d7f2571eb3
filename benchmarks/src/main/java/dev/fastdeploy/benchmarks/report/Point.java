package dev.fastdeploy.benchmarks.report;

/**
 * A point of a line.
 *
 * @param x in the unit of the axis to the right; finite
 * @param y in the unit of the axis upwards; finite
 */
public record Point(double x, double y) {}
