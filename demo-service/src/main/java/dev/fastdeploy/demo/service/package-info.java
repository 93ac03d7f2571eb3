/**
 * A small HTTP service that tells which commit it is, and ends without cutting a request. It is
 * what the demo, the end-to-end tests and the benchmarks deploy.
 *
 * <p>Nothing but the JDK may be used here, and nothing else of this project: a release is this
 * package's classes, one of which tells the commit, and one resource.
 */
@NullMarked
package dev.fastdeploy.demo.service;

import org.jspecify.annotations.NullMarked;
