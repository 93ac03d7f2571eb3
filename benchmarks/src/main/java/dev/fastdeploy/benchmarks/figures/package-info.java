/** What the kernel and the JVM tell of processes: processor time, memory, class loaders. */
@NullMarked
package dev.fastdeploy.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
