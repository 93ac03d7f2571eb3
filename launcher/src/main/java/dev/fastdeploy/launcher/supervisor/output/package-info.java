/**
 * The service's output, from its pipe to the launcher's own streams: each line in order, in the
 * requested form, and the last ones remembered. The launcher's own lines take the same way out.
 * Knows no supervisor, starts no process and decides nothing.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.output;

import org.jspecify.annotations.NullMarked;
