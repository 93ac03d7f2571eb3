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
              .paramLabel(label(setting))
              .description(description(setting).replace("%", "%%"))
              .build());
    }
  }

  private static String description(Setting setting) {
    return setting.purposeForCommand()
        + setting.defaultValue().map(value -> " (default: " + value + ")").orElse("");
  }

  /** Returns the kind of value, as the help shows it. */
  private static String label(Setting setting) {
    return switch (setting) {
      case HOME -> "DIR";
      case APP, ENV, CONTROL_SERVER_NAME -> "NAME";
      case STORE -> "PLACE";
      case STORE_ENDPOINT -> "URL";
      case STORE_REGION -> "REGION";
      case STORE_PLAIN_HTTP, STORE_PATH_STYLE -> "true|false";
      case STORE_TIMEOUT, STAGING_TIMEOUT -> "DURATION";
      case HOME_MAX_BYTES, RELEASE_MAX_BYTES -> "BYTES";
      case RELEASE_MAX_ENTRIES -> "N";
      case CONTROL_TOKEN_FILE, CONTROL_TLS_CA, CONTROL_TLS_CERT, CONTROL_TLS_KEY -> "FILE";
      default -> "VALUE";
    };
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
