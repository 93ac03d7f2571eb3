package dev.fastdeploy.launcher.fleet.plan;

/**
 * An instance, as a source lists it.
 *
 * @param id stays the same when the address changes, if the source has such an id
 * @param address the address at which it is asked
 * @param zone the part of the fleet that fails together; empty if not known
 */
public record Member(MemberId id, String address, String zone) {}
