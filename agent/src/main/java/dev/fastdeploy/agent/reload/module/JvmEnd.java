package dev.fastdeploy.agent.reload.module;

import java.util.function.IntConsumer;

/**
 * The ways to end the JVM when the proven release asks for it.
 *
 * @param exit like {@link System#exit}: runs the shutdown hooks; does not return
 * @param halt like {@link Runtime#halt}; does not return
 */
public record JvmEnd(IntConsumer exit, IntConsumer halt) {}
