/** Requests: one, one after the other, and many at a fixed rate; and what a reload did to them. */
@NullMarked
package dev.fastdeploy.benchmarks.load;

import org.jspecify.annotations.NullMarked;
