package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;

/** The addressee of a command: instances by their address, or a home on this machine. */
enum Addressee {
  FLEET,
  HOME;

  /**
   * Returns the addressee that the options name. Targets win over a home that a property or the
   * environment names, because every service's environment names one.
   *
   * @throws IllegalArgumentException if neither is named, with a message for the user
   */
  static Addressee of(FleetOptions fleet, Settings settings) {
    if (fleet.given()) {
      return FLEET;
    }
    if (settings.text(Setting.HOME).isPresent()) {
      return HOME;
    }
    throw new IllegalArgumentException(
        "no instance is given; name one with --target host:port or --target unix:PATH, or a home on"
            + " this machine with --home DIR");
  }
}
