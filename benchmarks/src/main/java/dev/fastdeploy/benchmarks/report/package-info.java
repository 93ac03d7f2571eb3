/**
 * The report of a benchmark run or a simulation, as values, and its two forms for people: an HTML
 * file and Markdown. Knows nothing of what was measured, and uses no other package of the
 * benchmarks.
 */
@NullMarked
package dev.fastdeploy.benchmarks.report;

import org.jspecify.annotations.NullMarked;
