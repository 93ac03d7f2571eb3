/** Brings what the planner asks to instances, by gRPC, and what they say back. */
@NullMarked
package dev.fastdeploy.launcher.fleet.carrier;

import org.jspecify.annotations.NullMarked;
