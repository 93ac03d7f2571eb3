package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.report.CleanWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;

/**
 * The process that a command runs in, as far as the command sees it.
 *
 * @param out for results
 * @param err for errors
 * @param properties the system properties
 * @param environment the environment
 * @param clock gives times and sequence numbers
 * @param terminal whether {@code out} is a terminal with a person in front of it
 * @param columns the width of that terminal
 * @param jar {@code fastdeploy.jar}
 */
record CommandContext(
    CleanWriter out,
    CleanWriter err,
    Properties properties,
    Map<String, String> environment,
    Clock clock,
    boolean terminal,
    int columns,
    Path jar) {}
