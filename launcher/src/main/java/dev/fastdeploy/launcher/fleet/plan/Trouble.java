package dev.fastdeploy.launcher.fleet.plan;

/**
 * The reason why a deploy must not go on.
 *
 * @param ending how it ends if nothing has moved
 * @param reason one line for a person
 */
record Trouble(Ending ending, String reason) {}
