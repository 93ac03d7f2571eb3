/**
 * The invocation of the service's command: its command line, its variables, the agent in either,
 * and what warns a user that a command cannot be deployed to.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.invocation;

import org.jspecify.annotations.NullMarked;
