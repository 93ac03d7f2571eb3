/** What follows when the service's process has ended: facts in, a decision out. Pure. */
@NullMarked
package dev.fastdeploy.launcher.supervisor.exit;

import org.jspecify.annotations.NullMarked;
