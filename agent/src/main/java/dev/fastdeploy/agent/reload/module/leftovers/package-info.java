/**
 * Clears what an old generation of the application left behind in the JVM, and follows its class
 * loader: a list of small steps that clear it, a watch on every old loader, and the JVM-wide state
 * as it was before. Looks into the JDK by reflection and may find less there in another version: it
 * reports in a line what it cannot do. Uses only the JDK and {@code agent.reload}.
 */
@NullMarked
package dev.fastdeploy.agent.reload.module.leftovers;

import org.jspecify.annotations.NullMarked;
