/**
 * Holds copies of the service's listening sockets from the end of one of its processes until the
 * next has proved itself, so that clients wait and are not refused.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.listeners;

import org.jspecify.annotations.NullMarked;
