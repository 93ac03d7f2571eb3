package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.launcher.report.CleanWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every option that the documents for operators name is one of the launcher or of the command. */
class DocumentedOptionsTest {

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  /** Of the JDK's own programs. */
  private static final Set<String> OTHERS = Set.of("--add-modules");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  @ParameterizedTest
  @ValueSource(strings = {"install.md", "operations.md"})
  void exist(String document) throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher code = CODE.matcher(Files.readString(Path.of("../docs", document)));
    while (code.find()) {
      Matcher option = OPTION.matcher(code.group(1));
      while (option.find()) {
        named.add(option.group());
      }
    }

    named.removeAll(OTHERS);
    assertThat(named).isNotEmpty().isSubsetOf(known());
  }

  private static Set<String> known() {
    Set<String> options = new TreeSet<>(Set.of("--no-agent"));
    Arrays.stream(Setting.values()).map(Setting::option).forEach(options::add);
    CommandContext context =
        new CommandContext(
            new CleanWriter(new StringWriter()),
            new CleanWriter(new StringWriter()),
            new Properties(),
            Map.of(),
            Clock.systemUTC(),
            false,
            80,
            Path.of("fastdeploy.jar"));
    for (CommandLine command : RootCommand.commandLine(context).getSubcommands().values()) {
      options.addAll(command.getCommandSpec().optionsMap().keySet());
    }
    return options;
  }
}
