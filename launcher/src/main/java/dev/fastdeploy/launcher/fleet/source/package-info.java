/**
 * Where the members of a fleet come from. {@link dev.fastdeploy.launcher.fleet.source.FleetSources}
 * reads what a user wrote; each kind of source is an {@code Origin}, and the only one that knows
 * the library that it needs. What cannot be told is an answer of its own: no failure looks like a
 * fleet without instances.
 */
@NullMarked
package dev.fastdeploy.launcher.fleet.source;

import org.jspecify.annotations.NullMarked;
