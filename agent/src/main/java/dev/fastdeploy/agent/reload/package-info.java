/**
 * Makes a service run the release that was activated: the {@code ReloadStrategy}, one package below
 * for each, and what a strategy needs from its surroundings. Knows neither gRPC nor the home.
 */
@NullMarked
package dev.fastdeploy.agent.reload;

import org.jspecify.annotations.NullMarked;
