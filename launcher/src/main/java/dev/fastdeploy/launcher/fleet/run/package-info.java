/** Carries out what the planner decides: handles time, sources, members, gates and the record. */
@NullMarked
package dev.fastdeploy.launcher.fleet.run;

import org.jspecify.annotations.NullMarked;
