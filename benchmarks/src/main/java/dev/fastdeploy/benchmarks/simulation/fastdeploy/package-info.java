/**
 * A deploy by fastdeploy: stage, drain, restart and probation, as many instances at a time as
 * allowed.
 */
@NullMarked
package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import org.jspecify.annotations.NullMarked;
