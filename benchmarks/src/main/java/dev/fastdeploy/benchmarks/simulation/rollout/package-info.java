/**
 * The parts that both ways of rolling out a commit have in common: the application that is
 * restarted, the terms of the delay, and the result of a simulated rollout.
 */
@NullMarked
package dev.fastdeploy.benchmarks.simulation.rollout;

import org.jspecify.annotations.NullMarked;
