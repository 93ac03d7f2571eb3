/**
 * The contract between launcher and agent: the process contract, the channel between them, the home
 * and its durable state, the settings and the payload's loader.
 *
 * <p>Only the JDK may be used here: these classes are at the root of {@code fastdeploy.jar} and so
 * on the class path of somebody else's service. The payload carries a second copy for itself; the
 * two exchange JDK types only.
 */
@NullMarked
package dev.fastdeploy.contract;

import org.jspecify.annotations.NullMarked;
