/**
 * The answers that the launcher gives a platform over HTTP: whether it is live, whether the service
 * is ready, and metrics. Reads snapshots and changes nothing; uses only the JDK and the contract.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.health;

import org.jspecify.annotations.NullMarked;
