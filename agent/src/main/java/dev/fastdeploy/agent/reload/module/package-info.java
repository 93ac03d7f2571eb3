/**
 * The strategy {@code module}: the application runs in a class loader of its own inside the JVM, a
 * JBoss module made from the release, and a reload replaces that loader. Whatever an application
 * can do to the whole JVM (its end, its shutdown hooks) is redirected here, for the release that
 * asks.
 *
 * <p>The only user of JBoss Modules. The package {@code leftovers} clears what a release leaves
 * behind.
 */
@NullMarked
package dev.fastdeploy.agent.reload.module;

import org.jspecify.annotations.NullMarked;
