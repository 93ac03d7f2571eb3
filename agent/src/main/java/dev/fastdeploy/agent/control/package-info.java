/**
 * The gRPC endpoint of an instance: where it listens, who may call, and the mapping of the control
 * protocol to the deployment. Nothing is decided about a deploy here.
 */
@NullMarked
package dev.fastdeploy.agent.control;

import org.jspecify.annotations.NullMarked;
