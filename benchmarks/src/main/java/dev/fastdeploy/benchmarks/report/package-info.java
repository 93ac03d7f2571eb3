/**
 * What a benchmark run or a simulation has to tell, as values, and the two forms in which a person
 * reads it: one HTML file and Markdown. Knows nothing of what was measured, and uses no other
 * package of the benchmarks.
 */
@NullMarked
package dev.fastdeploy.benchmarks.report;

import org.jspecify.annotations.NullMarked;
