/**
 * Starts a release once, before it is published, to make the archive of classes that its instances
 * start from. Knows neither the store nor options.
 */
@NullMarked
package dev.fastdeploy.launcher.training;

import org.jspecify.annotations.NullMarked;
