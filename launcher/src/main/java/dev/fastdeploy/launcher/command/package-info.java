/**
 * The command for pipelines and people, one class a subcommand: reads options, has the work done by
 * {@code release} and {@code launcher.fleet}, shows it by {@code launcher.report}. Every fault of a
 * user is one line and exit code 1; no stack trace leaves this package.
 */
@NullMarked
package dev.fastdeploy.launcher.command;

import org.jspecify.annotations.NullMarked;
