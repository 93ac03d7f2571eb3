/**
 * The container's entrypoint: starts the service, passes signals and logs, decides after each end
 * what is started next, and watches a new release until it is proven. It is PID 1 of somebody's
 * container, so it uses nothing but the JDK and the contract.
 *
 * <p>One thread decides. What is marked {@link
 * dev.fastdeploy.launcher.supervisor.event.SupervisorThread} is used by that thread alone; all that
 * blocks has a thread of its own, which posts events. What is known of one process of the service
 * lies in its {@link dev.fastdeploy.launcher.supervisor.ServiceInstance}; what the launcher has
 * once lies beside them.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor;

import org.jspecify.annotations.NullMarked;
