/**
 * A small HTTP service that says which commit it is, and ends without cutting off a request. The
 * demo, the end-to-end tests and the benchmarks deploy it.
 *
 * <p>Only the JDK may be used here, and nothing else of this project: a release is this package's
 * classes, one of which holds the commit, and one resource.
 */
@NullMarked
package dev.fastdeploy.demo.service;

import org.jspecify.annotations.NullMarked;
