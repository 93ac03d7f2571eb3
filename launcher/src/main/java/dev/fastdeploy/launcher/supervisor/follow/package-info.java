/**
 * Asks the record of an environment which release a new container starts, by a short-lived JVM of
 * its own.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.follow;

import org.jspecify.annotations.NullMarked;
