/**
 * The deploy of one instance as a state machine: accepted, staged, activated, draining, reloading,
 * with its events and refusals. It reaches the home, the store and the launcher through ports and
 * knows neither gRPC nor sockets.
 *
 * <p>{@link Deployer} is the entry point. A deploy that it admits takes the {@code DeploySlot} and
 * runs its {@code DeployCourse} from top to bottom; {@code DeployRecords} knows its state, and
 * later how it ended.
 */
@NullMarked
package dev.fastdeploy.agent.deploy;

import org.jspecify.annotations.NullMarked;
