/**
 * Open files that processes pass to each other, such as the sockets on which a service listens. By
 * raw system calls, since a JVM before 22 offers no others: one small native library makes them,
 * and all that depends on the machine is in {@link Machine}.
 *
 * <p>Only the JDK may be used here, as in the packages above.
 */
@NullMarked
package dev.fastdeploy.contract.descriptors;

import org.jspecify.annotations.NullMarked;
