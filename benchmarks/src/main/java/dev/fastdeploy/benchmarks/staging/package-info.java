/** A release in a store, and the two ways to get it from there to the disk. */
@NullMarked
package dev.fastdeploy.benchmarks.staging;

import org.jspecify.annotations.NullMarked;
