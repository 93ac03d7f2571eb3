/**
 * The launcher's end of the channel to agents: accepts their connections, reports what they say,
 * and sends them messages without waiting for them.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.channel;

import org.jspecify.annotations.NullMarked;
