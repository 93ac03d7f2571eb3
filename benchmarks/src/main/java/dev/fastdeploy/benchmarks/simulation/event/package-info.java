/**
 * The base of a simulation: a clock of its own, a queue of events, rate limits, and draws that
 * depend on the seed alone. Knows neither ECS nor fastdeploy.
 */
@NullMarked
package dev.fastdeploy.benchmarks.simulation.event;

import org.jspecify.annotations.NullMarked;
