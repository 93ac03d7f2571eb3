/**
 * Shows the progress of a deploy and what instances run, as lines, terminal rows or JSON. Knows
 * neither gRPC nor options; it is fed with the events and views of {@code launcher.fleet}.
 */
@NullMarked
package dev.fastdeploy.launcher.report;

import org.jspecify.annotations.NullMarked;
