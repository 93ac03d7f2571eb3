/**
 * Patterns of the classes that are defined beside those of the JDK and of Netty that bind sockets:
 * {@code ListeningHooks} gives them their real names, and what they call. As they are here they are
 * never loaded. They may use the JDK's base module and each other.
 */
@NullMarked
package dev.fastdeploy.agent.listening.hook;

import org.jspecify.annotations.NullMarked;
