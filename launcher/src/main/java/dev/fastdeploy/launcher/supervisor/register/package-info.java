/**
 * Keeps an instance's own address in the list of a fleet. On a thread of its own: whatever happens
 * to it, the service neither waits nor ends. Uses only the JDK and the contract.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.register;

import org.jspecify.annotations.NullMarked;
