package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.report.CleanWriter;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;

/**
 * The process that a command runs in, as far as it matters to it.
 *
 * @param out for results
 * @param err for errors
 * @param properties the system properties
 * @param environment the environment
 * @param clock for times and sequence numbers
 * @param terminal whether a person looks at {@code out}
 * @param columns how wide that terminal is
 */
record CommandContext(
    CleanWriter out,
    CleanWriter err,
    Properties properties,
    Map<String, String> environment,
    Clock clock,
    boolean terminal,
    int columns) {}
