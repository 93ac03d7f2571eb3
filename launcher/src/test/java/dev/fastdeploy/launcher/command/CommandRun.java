package dev.fastdeploy.launcher.command;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.launcher.report.CleanWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
    CommandContext context = context(out, err, systemProperties, environment);
    int exitCode = CommandEntry.run(context, List.of(arguments));
    context.out().flush();
    context.err().flush();
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** Starts a command that a test looks on to. */
  static Running start(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandContext context = context(out, err);
    return new Running(
        CompletableFuture.supplyAsync(
            () -> {
              int exitCode = CommandEntry.run(context, List.of(arguments));
              return new CommandRun(exitCode, out.toString(), err.toString());
            }),
        out);
  }

  /** A process without a terminal, settings or variables. */
  static CommandContext context(Writer out, Writer err) {
    return context(out, err, new Properties(), Map.of());
  }

  private static CommandContext context(
      Writer out, Writer err, Properties properties, Map<String, String> environment) {
    return new CommandContext(
        new CleanWriter(out),
        new CleanWriter(err),
        properties,
        environment,
        Clock.systemUTC(),
        false,
        80,
        Path.of("fastdeploy.jar"));
  }

  /** A command under way. */
  record Running(CompletableFuture<CommandRun> run, StringWriter out) {

    /** Waits until the command has shown a text. */
    Running untilShown(String text) {
      await().atMost(Duration.ofSeconds(20)).until(() -> out.toString().contains(text));
      return this;
    }

    CommandRun done() throws Exception {
      return run.get(30, TimeUnit.SECONDS);
    }
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
