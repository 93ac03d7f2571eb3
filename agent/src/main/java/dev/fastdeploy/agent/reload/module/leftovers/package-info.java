/**
 * What an old generation of the application left behind in the JVM, and what becomes of its class
 * loader: a list of small steps that clear it, a watch on every old loader, the JVM-wide state as
 * it was before. It looks into the JDK by reflection and may find less there in another version:
 * what it cannot do, it says in a line. Uses the JDK and {@code agent.reload} alone.
 */
@NullMarked
package dev.fastdeploy.agent.reload.module.leftovers;

import org.jspecify.annotations.NullMarked;
