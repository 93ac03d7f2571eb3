package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.Set;

/** What a member tells that serves and was asked for nothing, for tests. */
public final class UsualStatus {

  private UsualStatus() {}

  static Report.Status of(String identity) {
    return of(identity, "shop", SimulatedFleet.OLD);
  }

  /** It runs a commit of an application in the environment {@code prod}, proven. */
  public static Report.Status of(String identity, String app, Commit running) {
    return new Report.Status(
        identity,
        app,
        "prod",
        running,
        true,
        Set.of(),
        true,
        DeployStanding.NONE,
        0,
        null,
        null,
        0);
  }
}
