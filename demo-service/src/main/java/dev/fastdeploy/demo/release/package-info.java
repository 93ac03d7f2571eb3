/**
 * Makes releases of the demo service, as a build would. Nothing here knows about stores or
 * launchers.
 */
@NullMarked
package dev.fastdeploy.demo.release;

import org.jspecify.annotations.NullMarked;
