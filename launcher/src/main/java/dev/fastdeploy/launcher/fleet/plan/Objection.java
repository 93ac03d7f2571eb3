package dev.fastdeploy.launcher.fleet.plan;

/**
 * The reason why a member would refuse a deploy now. It may have passed by the time of the deploy,
 * so nothing is decided by it.
 *
 * @param cause the cause by which its refusal would count
 * @param reason one line for a person
 */
public record Objection(Cause cause, String reason) {}
