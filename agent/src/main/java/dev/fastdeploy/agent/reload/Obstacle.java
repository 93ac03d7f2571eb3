package dev.fastdeploy.agent.reload;

/**
 * Why a strategy cannot be used now.
 *
 * @param reason one line for a person, with the remedy
 * @param processInstead whether ending the process would overcome it, so that a deploy that asked
 *     for this strategy may be carried out that way where there is a launcher
 */
public record Obstacle(String reason, boolean processInstead) {}
