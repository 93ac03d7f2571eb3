/**
 * Finds what a starting container is to run by the record of its environment: asks the store, lays
 * out the release, and tells the launcher. It runs in a short-lived JVM of its own.
 */
@NullMarked
package dev.fastdeploy.launcher.follow;

import org.jspecify.annotations.NullMarked;
