/**
 * Deploys to many instances at once: the targets, the connections to them, the decision which
 * instance comes next, and the stream of events that reports the progress. Knows gRPC, but neither
 * options nor how anything is shown. Decisions are made without sockets, threads or clocks.
 */
@NullMarked
package dev.fastdeploy.launcher.fleet;

import org.jspecify.annotations.NullMarked;
