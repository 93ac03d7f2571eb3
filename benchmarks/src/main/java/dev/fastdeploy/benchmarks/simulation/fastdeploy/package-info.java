/**
 * A deploy by fastdeploy: the command's own planner, and a world around it that stages, drains,
 * restarts and answers in virtual time.
 */
@NullMarked
package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import org.jspecify.annotations.NullMarked;
