/** The surroundings of a benchmark: its folder, its processes, and the artifacts of the build. */
@NullMarked
package dev.fastdeploy.benchmarks.workplace;

import org.jspecify.annotations.NullMarked;
