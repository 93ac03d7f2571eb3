package dev.fastdeploy.agent.control;

/**
 * What does not change about an instance while its process lives.
 *
 * @param instance host name, or the ECS task
 * @param startedMillis of the process, UTC milliseconds
 */
public record InstanceFacts(
    String instance, long pid, long startedMillis, String agentVersion, String javaVersion) {}
