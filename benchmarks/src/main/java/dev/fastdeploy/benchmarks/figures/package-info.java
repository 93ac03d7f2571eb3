/**
 * The figures that the kernel and the JVM give about processes: processor time, memory, class
 * loaders.
 */
@NullMarked
package dev.fastdeploy.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
