/** The simulation on the command line. */
@NullMarked
package dev.fastdeploy.benchmarks.simulation.command;

import org.jspecify.annotations.NullMarked;
