/**
 * The inputs of the supervisor's thread: events, due times, a stop, and the sources that report
 * them. Decides nothing.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.event;

import org.jspecify.annotations.NullMarked;
