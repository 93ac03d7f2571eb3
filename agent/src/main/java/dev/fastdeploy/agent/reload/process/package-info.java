/** The strategy {@code process}: the process ends and the launcher starts the new release. */
@NullMarked
package dev.fastdeploy.agent.reload.process;

import org.jspecify.annotations.NullMarked;
