/** The user's programs that the fleet command starts, and the removal of what they leave. */
@NullMarked
package dev.fastdeploy.launcher.fleet.program;

import org.jspecify.annotations.NullMarked;
