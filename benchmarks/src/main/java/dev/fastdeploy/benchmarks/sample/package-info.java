/** The measurements of a run, and the file that they are written to. */
@NullMarked
package dev.fastdeploy.benchmarks.sample;

import org.jspecify.annotations.NullMarked;
