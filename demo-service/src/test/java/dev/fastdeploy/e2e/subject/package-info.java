/** Services that misbehave on purpose. They use the JDK alone: a release is their class files. */
@NullMarked
package dev.fastdeploy.e2e.subject;

import org.jspecify.annotations.NullMarked;
