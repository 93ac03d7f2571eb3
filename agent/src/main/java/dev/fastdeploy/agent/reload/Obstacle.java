package dev.fastdeploy.agent.reload;

/**
 * The reason why a strategy cannot be used now.
 *
 * @param reason one line for a person, with the remedy
 * @param processInstead true if ending the process would overcome it, so that a deploy that asked
 *     for this strategy may end the process instead, where there is a launcher
 */
public record Obstacle(String reason, boolean processInstead) {}
