/**
 * One command and thousands of instances: what a deploy of a fleet costs the machine that runs it,
 * and how that grows.
 */
@NullMarked
package dev.fastdeploy.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
