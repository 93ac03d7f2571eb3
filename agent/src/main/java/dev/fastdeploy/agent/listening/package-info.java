/**
 * Records the TCP listeners that the service binds, and lets it adopt those that its launcher held
 * while the process before it ended. Loaded in front of the application's {@code main}, and only
 * where connections are to be held: it may use the JDK and {@code contract}.
 */
@NullMarked
package dev.fastdeploy.agent.listening;

import org.jspecify.annotations.NullMarked;
