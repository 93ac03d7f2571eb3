package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;

/**
 * The steps on a container instance before the application runs.
 *
 * @param pull of the image; once an instance, other tasks there wait for it
 * @param create of the container
 */
public record Launch(Distribution pull, Distribution create) {}
