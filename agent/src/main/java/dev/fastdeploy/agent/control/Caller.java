package dev.fastdeploy.agent.control;

/**
 * Who calls.
 *
 * @param identity the name for the audit; never a secret
 */
record Caller(String identity, Role role) {}
