package dev.fastdeploy.launcher.supervisor.health;

/**
 * The number of reloads by one strategy that ended in one way.
 *
 * @param outcome {@code proven} or {@code rolled_back}
 */
public record ReloadCount(String strategy, String outcome, long count) {}
