package dev.fastdeploy.launcher.fleet.plan;

import java.util.Set;

/** What a member tells that serves the old commit and was asked for nothing, for tests. */
final class UsualStatus {

  private UsualStatus() {}

  static Report.Status of(String identity) {
    return new Report.Status(
        identity,
        "shop",
        "prod",
        SimulatedFleet.OLD,
        true,
        Set.of(),
        true,
        Standing.NONE,
        0,
        null,
        null,
        0);
  }
}
