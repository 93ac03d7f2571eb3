/**
 * What results mean: the report of a run, of which every figure and every sentence with a figure is
 * derived from the measurements.
 */
@NullMarked
package dev.fastdeploy.benchmarks.summary;

import org.jspecify.annotations.NullMarked;
