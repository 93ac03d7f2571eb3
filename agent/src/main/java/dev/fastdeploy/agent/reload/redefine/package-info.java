/**
 * The strategy {@code redefine}: method bodies are replaced in the running JVM, and nothing else.
 *
 * <p>Its three parts know little of each other: the differences between two releases ({@code
 * ReleaseComparison} and below, which knows only files and class files), the classes that this JVM
 * has loaded of them ({@code LoadedClasses}, {@code HeldCode}), and the code that later loads get
 * ({@code LaterLoads}). {@code RedefineReload} puts them together. Only Byte Buddy's copy of ASM is
 * used, for reading.
 */
@NullMarked
package dev.fastdeploy.agent.reload.redefine;

import org.jspecify.annotations.NullMarked;
