/**
 * What launcher and agent agree on: the process contract, the channel between them, the home and
 * its durable state, the settings and the payload's loader.
 *
 * <p>Nothing but the JDK may be used here: these classes lie at the root of {@code fastdeploy.jar}
 * and so on the class path of somebody else's service. The payload carries a second copy for
 * itself; the two exchange JDK types only.
 */
@NullMarked
package dev.fastdeploy.contract;

import org.jspecify.annotations.NullMarked;
