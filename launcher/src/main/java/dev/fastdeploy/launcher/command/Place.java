package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;

/** What a command is about: instances by their address, or a home on this machine. */
enum Place {
  FLEET,
  HOME;

  /**
   * Targets go before a home that a property or the environment names: the environment of every
   * service names one.
   *
   * @throws IllegalArgumentException if neither is named, with a message for the user
   */
  static Place of(FleetOptions fleet, Settings settings) {
    if (fleet.given()) {
      return FLEET;
    }
    if (settings.text(Setting.HOME).isPresent()) {
      return HOME;
    }
    throw new IllegalArgumentException(
        "no instance is given; name one with --target host:port or unix:PATH, or a home on this"
            + " machine with --home DIR");
  }
}
