/** The ways to get new code into a running service, each behind the same interface. */
@NullMarked
package dev.fastdeploy.benchmarks.way;

import org.jspecify.annotations.NullMarked;
