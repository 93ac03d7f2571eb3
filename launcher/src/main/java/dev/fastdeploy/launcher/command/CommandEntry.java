package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.report.CleanWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The entry point through which the root of {@code fastdeploy.jar} calls the command. The two sides
 * exchange JDK types only: {@code "arguments"} is a {@code String[]}, {@code "jar"} the path of
 * {@code fastdeploy.jar}, and the result is the exit code as an {@link Integer}.
 */
public final class CommandEntry implements Function<Map<String, Object>, Object> {

  /** Called by the payload's loader. */
  public CommandEntry() {}

  @Override
  public Object apply(Map<String, Object> values) {
    if (!(values.get("arguments") instanceof String[] arguments)) {
      throw new IllegalArgumentException("'arguments' must be a String[]");
    }
    if (!(values.get("jar") instanceof String jar)) {
      throw new IllegalArgumentException("'jar' must be a String");
    }
    Map<String, String> environment = System.getenv();
    boolean terminal = Terminal.attached(environment);
    CommandContext context =
        new CommandContext(
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            System.getProperties(),
            environment,
            Clock.systemUTC(),
            terminal,
            Terminal.columns(environment, terminal),
            Path.of(jar));
    return run(context, Arrays.asList(arguments));
  }

  /** Runs one command line. Throws nothing that a user could cause. */
  static int run(CommandContext context, List<String> arguments) {
    return RootCommand.commandLine(context).execute(arguments.toArray(String[]::new));
  }

  private static CleanWriter writer(FileDescriptor descriptor) {
    return new CleanWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
  }
}
