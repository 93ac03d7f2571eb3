/**
 * What the service prints, from its pipe to the launcher's own streams: each line in its order, in
 * the form that was asked for, and the last ones remembered. The launcher's own lines take the same
 * way out. Knows no supervisor, starts no process and decides nothing.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.output;

import org.jspecify.annotations.NullMarked;
