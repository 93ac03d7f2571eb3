/**
 * Makes releases of the demo service, as a build would. Nothing here knows of stores or launchers.
 */
@NullMarked
package dev.fastdeploy.demo.release;

import org.jspecify.annotations.NullMarked;
