/**
 * Lets HTTP servers end their kept-alive connections by themselves, so that no client sends a
 * request to a process that has just ended.
 *
 * <p>Code is inserted at the entry of a few methods of loaded server classes. It calls only what
 * these classes see themselves: no class of fastdeploy is visible to a server's class loader. The
 * {@code *Points} say what is inserted where, and {@code PoliteServers} finds the classes. Only
 * Byte Buddy's copy of ASM is used: advice in Java could not mention a server's types, which the
 * agent does not see.
 */
@NullMarked
package dev.fastdeploy.agent.reload.process.polite;

import org.jspecify.annotations.NullMarked;
