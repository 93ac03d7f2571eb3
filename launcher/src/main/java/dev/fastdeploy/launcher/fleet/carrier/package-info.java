/** Carries the planner's requests to instances by gRPC, and their answers back. */
@NullMarked
package dev.fastdeploy.launcher.fleet.carrier;

import org.jspecify.annotations.NullMarked;
