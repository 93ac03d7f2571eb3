/**
 * How the service's command is invoked: its command line, its variables, the agent in either, and
 * what tells a user that a command cannot be deployed to.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.invocation;

import org.jspecify.annotations.NullMarked;
