/**
 * Decides how a fleet gets to a commit: which member is asked for what, and when the deploy ends.
 * {@link dev.fastdeploy.launcher.fleet.plan.FleetPlanner} is fed with what was seen, heard and
 * ordered, and answers with what to do. It is pure: it has no socket, thread or clock, and the same
 * inputs at the same times give the same actions, so that a deploy can be simulated, replayed and
 * taken over.
 */
@NullMarked
package dev.fastdeploy.launcher.fleet.plan;

import org.jspecify.annotations.NullMarked;
