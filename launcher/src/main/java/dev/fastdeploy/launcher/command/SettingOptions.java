package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Offers settings as options of a subcommand. {@link Setting} itself spells and explains them, so
 * that the two cannot differ. Each can be written {@code --x-y} or {@code --x.y}.
 */
final class SettingOptions {

  private SettingOptions() {}

  static void add(CommandSpec command, List<Setting> settings) {
    for (Setting setting : settings) {
      String[] names =
          List.of(setting.option(), "--" + setting.key()).stream()
              .distinct()
              .toArray(String[]::new);
      command.addOption(
          OptionSpec.builder(names)
              .type(String.class)
              .paramLabel("VALUE")
              .description(setting.purpose().replace("%", "%%"))
              .build());
    }
  }

  /** Returns the settings: from options, then system properties, then the environment. */
  static Settings read(ParseResult parsed, List<Setting> settings, CommandContext context) {
    Map<Setting, String> explicit = new EnumMap<>(Setting.class);
    for (Setting setting : settings) {
      String value = parsed.matchedOptionValue(setting.option(), (String) null);
      if (value != null) {
        explicit.put(setting, value);
      }
    }
    return new Settings(explicit, context.properties(), context.environment());
  }
}
