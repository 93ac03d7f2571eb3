/**
 * What a platform may ask the launcher over HTTP: whether it lives, whether the service is ready,
 * and metrics. Reads snapshots and changes nothing; the JDK and the contract alone.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.health;

import org.jspecify.annotations.NullMarked;
