/**
 * The files that the simulation reads and writes. The only package of it that knows a JSON library.
 */
@NullMarked
package dev.fastdeploy.benchmarks.simulation.json;

import org.jspecify.annotations.NullMarked;
