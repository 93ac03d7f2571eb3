/**
 * How agents give a service's listening sockets to the launcher, and adopt them in the next
 * process: a Unix socket beside that of the channel, since only such a one carries descriptors, and
 * the channel's is read by the JDK.
 *
 * <p>Only the JDK may be used here, as in the packages above.
 */
@NullMarked
package dev.fastdeploy.contract.listening;

import org.jspecify.annotations.NullMarked;
