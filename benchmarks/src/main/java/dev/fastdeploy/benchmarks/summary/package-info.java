/**
 * The report of a run. Every figure, and every sentence with a figure, is derived from the
 * measurements.
 */
@NullMarked
package dev.fastdeploy.benchmarks.summary;

import org.jspecify.annotations.NullMarked;
