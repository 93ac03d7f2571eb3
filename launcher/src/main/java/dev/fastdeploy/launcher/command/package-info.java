/**
 * The command for pipelines and people, one class per subcommand. It reads options, leaves the work
 * to {@code release} and {@code launcher.fleet} and the output to {@code launcher.report}. A user's
 * mistake gives one line and exit code 1; no stack trace leaves this package.
 */
@NullMarked
package dev.fastdeploy.launcher.command;

import org.jspecify.annotations.NullMarked;
