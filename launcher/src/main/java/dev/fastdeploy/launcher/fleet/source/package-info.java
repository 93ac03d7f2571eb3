/**
 * The sources of a fleet's members. {@link dev.fastdeploy.launcher.fleet.source.FleetSources} reads
 * what a user wrote. Each kind of source is an {@code Origin}, and only that knows the library it
 * needs. "Unknown" is an answer of its own, so that no failure looks like a fleet without
 * instances.
 */
@NullMarked
package dev.fastdeploy.launcher.fleet.source;

import org.jspecify.annotations.NullMarked;
