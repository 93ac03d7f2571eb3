package dev.fastdeploy.agent.control;

/**
 * What does not change about an instance while its process lives.
 *
 * @param instance host name, or the ECS task
 * @param identity tells the instance from all others, over restarts; empty if it has none
 * @param startedMillis of the process, UTC milliseconds
 */
public record InstanceFacts(
    String instance,
    String identity,
    long pid,
    long startedMillis,
    String agentVersion,
    String javaVersion) {}
