package dev.fastdeploy.launcher.command;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What a command line did. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... arguments) {
    return with(Map.of(), Map.of(), arguments);
  }

  static CommandRun with(
      Map<String, String> properties, Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Properties systemProperties = new Properties();
    systemProperties.putAll(properties);
    CommandContext context =
        new CommandContext(
            new PrintWriter(out),
            new PrintWriter(err),
            systemProperties,
            environment,
            Clock.systemUTC(),
            false,
            80);
    int exitCode = CommandEntry.run(context, List.of(arguments));
    context.out().flush();
    context.err().flush();
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** Each line of the output as JSON; fails on one that is none. */
  List<Map<String, Object>> json() {
    return out.lines()
        .map(
            line -> {
              try {
                return JSON.std.mapFrom(line);
              } catch (IOException malformed) {
                throw new UncheckedIOException("no JSON: " + line, malformed);
              }
            })
        .toList();
  }
}
