/**
 * How an instance keeps its own address where a fleet is listed. On a thread of its own: whatever
 * happens to it, the service neither waits nor ends. Nothing but the JDK and the contract.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.register;

import org.jspecify.annotations.NullMarked;
