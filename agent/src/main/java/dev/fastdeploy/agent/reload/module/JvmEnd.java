package dev.fastdeploy.agent.reload.module;

import java.util.function.IntConsumer;

/**
 * Ends the JVM, when the release that runs for good asks for it.
 *
 * @param exit as {@link System#exit}: runs the shutdown hooks; does not return
 * @param halt as {@link Runtime#halt}; does not return
 */
public record JvmEnd(IntConsumer exit, IntConsumer halt) {}
