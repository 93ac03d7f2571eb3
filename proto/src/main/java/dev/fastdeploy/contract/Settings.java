package dev.fastdeploy.contract;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of settings: explicit ones first, then system properties, then the environment, then
 * defaults. Immutable.
 */
public final class Settings {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

  /** Ten years: sums of several still fit into the nanoseconds of a long. */
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private final Map<Setting, String> explicit;
  private final Properties properties;
  private final Map<String, String> environment;

  /**
   * @param explicit options or agent arguments
   * @param properties the system properties; not copied, so that a later change is seen
   * @param environment the environment
   */
  public Settings(
      Map<Setting, String> explicit, Properties properties, Map<String, String> environment) {
    this.explicit = new EnumMap<>(Setting.class);
    this.explicit.putAll(explicit);
    this.properties = properties;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Returns the settings of an agent: comma-separated {@code key=value} pairs.
   *
   * @throws IllegalArgumentException if an argument is not a known key, with a message for the user
   */
  public static Settings ofAgent(
      String arguments, Properties properties, Map<String, String> environment) {
    Map<Setting, String> explicit = new EnumMap<>(Setting.class);
    for (String argument : arguments.split(",", -1)) {
      if (argument.isBlank()) {
        continue;
      }
      int equals = argument.indexOf('=');
      String key = equals < 0 ? argument : argument.substring(0, equals);
      Setting setting =
          Setting.of(key)
              .filter(known -> known.isReadBy(Setting.Reader.AGENT))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the agent argument '"
                              + key
                              + "' is unknown; see docs/configuration.md"));
      explicit.put(setting, equals < 0 ? "true" : argument.substring(equals + 1));
    }
    return new Settings(explicit, properties, environment);
  }

  /**
   * Returns the value, or the default; empty if there is neither. An empty value does not count.
   */
  public Optional<String> text(Setting setting) {
    return said(setting).or(setting::defaultValue);
  }

  /** Returns the value if it was set anywhere; empty if there is only the default. */
  public Optional<String> said(Setting setting) {
    return Optional.ofNullable(explicit.get(setting))
        .or(() -> Optional.ofNullable(properties.getProperty(setting.property())))
        .or(() -> Optional.ofNullable(environment.get(setting.variable())))
        .filter(value -> !value.isEmpty());
  }

  /**
   * Returns the value of a setting that must have one.
   *
   * @throws IllegalArgumentException if it has none, with a message for the user
   */
  public String required(Setting setting) {
    return text(setting)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    setting.option() + " is missing: " + setting.purpose()));
  }

  /** Returns the parts of a comma-separated value, in order; empty parts do not count. */
  public List<String> names(Setting setting) {
    return text(setting).stream()
        .flatMap(names -> Arrays.stream(names.split(",", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /**
   * Returns a duration: a whole number with {@code ms}, {@code s}, {@code m} or {@code h}; without
   * a unit, seconds.
   *
   * @throws IllegalArgumentException if the value is not one, with a message for the user
   */
  public Optional<Duration> duration(Setting setting) {
    return text(setting).map(value -> parseDuration(setting.option(), value));
  }

  /** Returns the value of a setting that has one as a message shows it: in one line, and short. */
  public String shown(Setting setting) {
    return Text.shortened(required(setting), 60);
  }

  /** Returns the duration of a setting that has a default. */
  public Duration requiredDuration(Setting setting) {
    return parseDuration(setting.option(), required(setting));
  }

  /**
   * Returns a whole number.
   *
   * @throws IllegalArgumentException if the value is not one between the bounds
   */
  public long number(Setting setting, long least, long most) {
    String value = required(setting);
    OptionalLong number = wholeNumber(value);
    if (number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most) {
      return number.getAsLong();
    }
    throw new IllegalArgumentException(
        setting.option()
            + " '"
            + Text.shortened(value, 60)
            + "' is not a whole number from "
            + least
            + " to "
            + most);
  }

  /**
   * Parses a number from 0 as a user writes it: ASCII digits only. {@link Long#parseLong} also
   * accepts signs and the digits of all scripts, which a person may not be able to read.
   *
   * @return empty if it is not one, or above {@link Long#MAX_VALUE}
   */
  public static OptionalLong wholeNumber(String text) {
    try {
      return WHOLE_NUMBER.matcher(text).matches()
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (NumberFormatException tooLarge) {
      return OptionalLong.empty();
    }
  }

  /**
   * Returns a yes or no.
   *
   * @throws IllegalArgumentException if the value is neither true nor false
   */
  public boolean flag(Setting setting) {
    String value = required(setting).toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              setting.option() + " '" + Text.shortened(value, 60) + "' is neither true nor false");
    };
  }

  /**
   * Parses a duration for a user.
   *
   * @param name what the duration is of, for the message
   * @throws IllegalArgumentException if it is not one, with a message for the user
   */
  public static Duration parseDuration(String name, String value) {
    Matcher matcher = DURATION.matcher(value.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          name
              + " '"
              + Text.shortened(value, 60)
              + "' is not a duration; write it like 500ms, 20s, 5m or 1h");
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    Duration duration =
        switch (unit) {
          case "ms" -> Duration.ofMillis(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofSeconds(amount);
        };
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name
              + " '"
              + Text.shortened(value, 60)
              + "' is too long; write at most "
              + LONGEST.toHours()
              + "h");
    }
    return duration;
  }
}
