/** What is deployed: two services, and commits of them that differ in one known thing. */
@NullMarked
package dev.fastdeploy.benchmarks.service;

import org.jspecify.annotations.NullMarked;
