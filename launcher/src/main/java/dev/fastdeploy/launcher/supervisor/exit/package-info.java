/** Decides what follows the end of the service's process: facts in, a decision out. Pure. */
@NullMarked
package dev.fastdeploy.launcher.supervisor.exit;

import org.jspecify.annotations.NullMarked;
