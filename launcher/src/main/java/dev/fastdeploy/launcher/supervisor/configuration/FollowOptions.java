package dev.fastdeploy.launcher.supervisor.configuration;

import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import java.time.Duration;
import java.util.Optional;

/**
 * The choice of the environment whose stable release a container starts.
 *
 * @param environment the environment whose record names the release
 * @param required whether nothing else is started while the release is unknown
 * @param timeout the time that the store may take to name the release and to deliver it
 */
public record FollowOptions(EnvironmentName environment, boolean required, Duration timeout) {

  private static final String OFF = "off";
  private static final String REQUIRE = "require";

  /**
   * Returns the choice that the settings make; empty if the container starts what it has.
   *
   * @throws IllegalArgumentException if they are wrong or not enough, with a message for the user
   */
  static Optional<FollowOptions> of(Settings settings) {
    String value = settings.required(Setting.FOLLOW);
    if (value.equals(OFF)) {
      return Optional.empty();
    }
    boolean required = value.equals(REQUIRE);
    EnvironmentName environment = required ? ofInstance(settings) : named(value, settings);
    for (Setting needed : new Setting[] {Setting.STORE, Setting.APP}) {
      if (settings.text(needed).isEmpty()) {
        throw new IllegalArgumentException(
            given(value) + " needs " + needed.option() + ": the " + needed.purpose());
      }
    }
    if (settings.text(Setting.READY).isEmpty()
        && settings.duration(Setting.READY_AFTER).isEmpty()) {
      throw new IllegalArgumentException(
          given(value)
              + " cannot tell whether a release comes up; give --ready or --ready-after, too");
    }
    Duration timeout = settings.requiredDuration(Setting.FOLLOW_TIMEOUT);
    if (timeout.isZero()) {
      throw new IllegalArgumentException(
          Setting.FOLLOW_TIMEOUT.option()
              + " '"
              + settings.shown(Setting.FOLLOW_TIMEOUT)
              + "' leaves no time; write one like 60s, or give --follow off");
    }
    return Optional.of(new FollowOptions(environment, required, timeout));
  }

  private static EnvironmentName ofInstance(Settings settings) {
    return EnvironmentName.of(settings)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    given(REQUIRE) + " needs --env: the environment to follow, such as prod"));
  }

  private static EnvironmentName named(String value, Settings settings) {
    EnvironmentName environment;
    try {
      environment = new EnvironmentName(value);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          Setting.FOLLOW.option() + " " + malformed.getMessage(), malformed);
    }
    Optional<EnvironmentName> own = EnvironmentName.of(settings);
    if (own.isPresent() && !own.get().equals(environment)) {
      throw new IllegalArgumentException(
          given(value)
              + " is not the instance's own environment, "
              + Setting.ENV.option()
              + " '"
              + own.get()
              + "'; give both the same");
    }
    return environment;
  }

  private static String given(String value) {
    return Setting.FOLLOW.option() + " '" + Text.shortened(value, 140) + "'";
  }
}
