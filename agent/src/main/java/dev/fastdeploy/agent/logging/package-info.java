/**
 * Replaces {@code java.util.logging} for the payload's libraries. The build of {@code
 * fastdeploy.jar} redirects their references to these classes: the first use of the JDK's in a JVM
 * determines the log manager, and that is the application's choice. These classes have exactly the
 * members that the libraries refer to, which a test checks.
 */
@NullMarked
package dev.fastdeploy.agent.logging;

import org.jspecify.annotations.NullMarked;
