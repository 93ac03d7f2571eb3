/**
 * Archives of classes, from which a JVM starts faster than from jars: which one belongs to a
 * service's Java runtime, whether its command can use it, and what became of it. Who makes one is
 * {@code launcher.training}.
 */
@NullMarked
package dev.fastdeploy.launcher.supervisor.archive;

import org.jspecify.annotations.NullMarked;
