/** The results of a simulation, as sections of a report. */
@NullMarked
package dev.fastdeploy.benchmarks.simulation.sections;

import org.jspecify.annotations.NullMarked;
