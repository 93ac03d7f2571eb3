/**
 * The simulation of the original problem: a service of thousands of tasks gets a new commit by a
 * rolling update of Amazon ECS, and by fastdeploy. Pure: the same parameters and seed give the same
 * result. {@code docs/simulation.md} tells where each parameter comes from.
 */
@NullMarked
package dev.fastdeploy.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
