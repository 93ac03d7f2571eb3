/**
 * What the payload's libraries get in place of {@code java.util.logging}: when {@code
 * fastdeploy.jar} is put together, their references to it are led here, since its first use in a
 * JVM settles which log manager there is, and that is the application's to say. Has the members
 * that the libraries refer to and no others; a test holds it to that.
 */
@NullMarked
package dev.fastdeploy.agent.logging;

import org.jspecify.annotations.NullMarked;
