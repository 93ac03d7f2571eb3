/**
 * Asks the record of an environment which release a new container starts, by a JVM of its own that
 * lives for a moment.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.follow;

import org.jspecify.annotations.NullMarked;
