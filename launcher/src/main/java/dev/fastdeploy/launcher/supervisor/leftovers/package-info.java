/** Finds what a service left running when it ended, and ends it before the next start. */
@NullMarked
package dev.fastdeploy.launcher.supervisor.leftovers;

import org.jspecify.annotations.NullMarked;
