/** Carries out what the planner decides: time, sources, members, gates, the record. */
@NullMarked
package dev.fastdeploy.launcher.fleet.run;

import org.jspecify.annotations.NullMarked;
