/** The services that are deployed: two of them, with commits that differ in one known thing. */
@NullMarked
package dev.fastdeploy.benchmarks.service;

import org.jspecify.annotations.NullMarked;
