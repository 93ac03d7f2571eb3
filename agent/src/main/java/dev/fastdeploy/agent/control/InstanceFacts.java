package dev.fastdeploy.agent.control;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What does not change about an instance while its process lives.
 *
 * @param instance host name, or the ECS task
 * @param identity tells the instance from all others, over restarts; empty if it has none
 * @param home where releases lie; none where there is none
 * @param startedMillis of the process, UTC milliseconds
 */
public record InstanceFacts(
    String instance,
    String identity,
    @Nullable Path home,
    long pid,
    long startedMillis,
    String agentVersion,
    String javaVersion) {}
