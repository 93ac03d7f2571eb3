/**
 * Supervisors of one process, fastdeploy's launcher and its peers, with a child that tells times.
 */
@NullMarked
package dev.fastdeploy.benchmarks.supervision;

import org.jspecify.annotations.NullMarked;
