/**
 * The container's entrypoint: starts the service, passes on signals and logs, decides after each
 * end what starts next, and watches a new release until it is proven. It is PID 1 of somebody's
 * container, so it uses only the JDK and the contract.
 *
 * <p>One thread decides. Classes marked {@link
 * dev.fastdeploy.launcher.supervisor.event.SupervisorThread} are used by that thread alone;
 * everything that blocks has a thread of its own, which posts events. The knowledge about one
 * process of the service is in its {@link dev.fastdeploy.launcher.supervisor.ServiceInstance}; what
 * the launcher has once is beside them.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor;

import org.jspecify.annotations.NullMarked;
