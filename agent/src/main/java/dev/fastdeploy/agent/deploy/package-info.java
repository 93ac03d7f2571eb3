/**
 * The deploy of one instance as a state machine: accepted, staged, activated, draining, reloading,
 * with its events and refusals. It reaches the home, the store and the launcher through ports and
 * knows neither gRPC nor sockets.
 */
@NullMarked
package dev.fastdeploy.agent.deploy;

import org.jspecify.annotations.NullMarked;
