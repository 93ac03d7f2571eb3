/**
 * The cost of fastdeploy's parts, measured with JMH. Each benchmark has a test that it does the
 * work that it claims to time.
 */
@NullMarked
package dev.fastdeploy.benchmarks;

import org.jspecify.annotations.NullMarked;
