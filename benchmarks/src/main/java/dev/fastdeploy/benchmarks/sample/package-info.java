/** What one run measured, and the file into which it is written. */
@NullMarked
package dev.fastdeploy.benchmarks.sample;

import org.jspecify.annotations.NullMarked;
