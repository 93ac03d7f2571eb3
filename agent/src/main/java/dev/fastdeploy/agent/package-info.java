/**
 * The agent's first steps inside a service's JVM. These classes are on the application's class
 * path: they may use the JDK and {@code contract}, and leave everything else to the payload.
 */
@NullMarked
package dev.fastdeploy.agent;

import org.jspecify.annotations.NullMarked;
