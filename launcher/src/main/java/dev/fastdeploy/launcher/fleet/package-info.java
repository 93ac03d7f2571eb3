/**
 * Deploying to many instances at once: the targets, the connections to them, the decision which
 * instance is next and the stream of events that tells how it goes. Knows gRPC, but neither options
 * nor how anything is shown; the decisions are made without sockets, threads or clocks.
 */
@NullMarked
package dev.fastdeploy.launcher.fleet;

import org.jspecify.annotations.NullMarked;
