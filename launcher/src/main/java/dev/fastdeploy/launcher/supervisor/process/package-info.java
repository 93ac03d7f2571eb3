/**
 * The processes of the launcher's machine: starts one with its output in pipes, finds programs and
 * living processes, sends signals, reaps orphans. Knows neither options nor releases.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.process;

import org.jspecify.annotations.NullMarked;
