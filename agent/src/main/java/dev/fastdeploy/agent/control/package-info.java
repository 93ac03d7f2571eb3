/**
 * The gRPC endpoint of an instance: its address, its access rules, and the mapping of the control
 * protocol to the deployment. Nothing is decided about a deploy here.
 */
@NullMarked
package dev.fastdeploy.agent.control;

import org.jspecify.annotations.NullMarked;
