/** The services that are deployed, with commits that differ in one known thing. */
@NullMarked
package dev.fastdeploy.benchmarks.service;

import org.jspecify.annotations.NullMarked;
