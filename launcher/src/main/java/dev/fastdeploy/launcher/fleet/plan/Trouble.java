package dev.fastdeploy.launcher.fleet.plan;

/**
 * Why a deploy must not go on.
 *
 * @param ending how it ends if nothing was moved
 * @param reason one line for a person
 */
record Trouble(Ending ending, String reason) {}
