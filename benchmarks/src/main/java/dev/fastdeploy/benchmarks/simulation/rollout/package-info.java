/**
 * What both ways of bringing out a commit have in common: the application that is restarted, the
 * terms of the delay, and what a simulated rollout gives.
 */
@NullMarked
package dev.fastdeploy.benchmarks.simulation.rollout;

import org.jspecify.annotations.NullMarked;
