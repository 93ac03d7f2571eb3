/** A rolling update of Amazon ECS, in the words of its documentation. */
@NullMarked
package dev.fastdeploy.benchmarks.simulation.ecs;

import org.jspecify.annotations.NullMarked;
