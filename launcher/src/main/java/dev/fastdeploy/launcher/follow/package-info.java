/**
 * What a container that starts is to run by the record of its environment: asks the store, lays the
 * release out, and tells the launcher. It runs in a JVM of its own, which lives for a moment.
 */
@NullMarked
package dev.fastdeploy.launcher.follow;

import org.jspecify.annotations.NullMarked;
