/**
 * The deploy of one instance as a state machine: accepted, staged, activated, draining, reloading,
 * with its events and refusals. It reaches the home, the store and the launcher through ports and
 * knows neither gRPC nor sockets.
 *
 * <p>{@link Deployer} is the way in. A deploy that it lets in takes the {@code DeploySlot} and goes
 * its {@code DeployCourse} from top to bottom; {@code DeployRecords} knows how it stands, and later
 * how it ended.
 */
@NullMarked
package dev.fastdeploy.agent.deploy;

import org.jspecify.annotations.NullMarked;
