/**
 * The strategy {@code redefine}: method bodies are replaced in the running JVM, and nothing else.
 *
 * <p>Three parts that know little of each other: what differs between two releases ({@code
 * ReleaseComparison} and below, files and class files only), what this JVM has loaded of it ({@code
 * LoadedClasses}, {@code HeldCode}), and what later loads get ({@code LaterLoads}). {@code
 * RedefineReload} puts them together. Of Byte Buddy only its copy of ASM is used, to read.
 */
@NullMarked
package dev.fastdeploy.agent.reload.redefine;

import org.jspecify.annotations.NullMarked;
