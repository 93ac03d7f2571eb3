package dev.fastdeploy.agent.control;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The facts about an instance that do not change while its process lives.
 *
 * @param instance host name, or the ECS task
 * @param identity distinguishes the instance from all others, across restarts; empty if it has none
 * @param home directory of the releases; null if there is none
 * @param startedMillis start of the process, UTC milliseconds
 * @param archive the archive of classes that it was started from
 */
public record InstanceFacts(
    String instance,
    String identity,
    @Nullable Path home,
    long pid,
    long startedMillis,
    String agentVersion,
    String javaVersion,
    ClassArchive archive) {}
