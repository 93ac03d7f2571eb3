package dev.fastdeploy.launcher.supervisor.health;

/**
 * How many reloads by one strategy ended in one way.
 *
 * @param outcome {@code proven} or {@code rolled_back}
 */
public record ReloadCount(String strategy, String outcome, long count) {}
