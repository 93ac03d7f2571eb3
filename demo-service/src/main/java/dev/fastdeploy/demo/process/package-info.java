/**
 * Starts, watches and ends the processes that the demo and the end-to-end tests need: launchers,
 * the command, an S3 server. Nothing here may know what the demo does with them.
 */
@NullMarked
package dev.fastdeploy.demo.process;

import org.jspecify.annotations.NullMarked;
