/** Programs of the user's that the fleet command starts, and what must not be left of them. */
@NullMarked
package dev.fastdeploy.launcher.fleet.program;

import org.jspecify.annotations.NullMarked;
