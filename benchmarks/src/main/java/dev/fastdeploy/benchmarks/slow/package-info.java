/** Clients whose request or connection lasts over a deploy, and what becomes of each. */
@NullMarked
package dev.fastdeploy.benchmarks.slow;

import org.jspecify.annotations.NullMarked;
