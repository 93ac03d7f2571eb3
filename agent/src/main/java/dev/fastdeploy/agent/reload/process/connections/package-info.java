/**
 * The service's connections at the end of its process: its listeners go to the launcher, and what
 * was accepted ends before the process does.
 */
@NullMarked
package dev.fastdeploy.agent.reload.process.connections;

import org.jspecify.annotations.NullMarked;
