/**
 * The container's entrypoint: starts the service, passes signals and logs, decides after each end
 * what is started next, and watches a new release until it is proven. It is PID 1 of somebody's
 * container, so it uses nothing but the JDK and the contract.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor;

import org.jspecify.annotations.NullMarked;
