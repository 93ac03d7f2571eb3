/**
 * Shows how a deploy goes and what instances run: lines, a terminal's rows, JSON. Knows neither
 * gRPC nor options; it is fed with the events and views of {@code launcher.fleet}.
 */
@NullMarked
package dev.fastdeploy.launcher.report;

import org.jspecify.annotations.NullMarked;
