/** Where a benchmark works: its folder, its processes, and what the build made for it. */
@NullMarked
package dev.fastdeploy.benchmarks.workplace;

import org.jspecify.annotations.NullMarked;
