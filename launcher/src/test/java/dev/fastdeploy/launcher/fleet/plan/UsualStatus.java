package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a member tells that serves and was asked for nothing, for tests. */
public final class UsualStatus {

  private UsualStatus() {}

  /** The same of a member that would refuse a deploy. */
  static Report.Status objecting(String identity, @Nullable Objection objection) {
    return of(identity, "shop", SimulatedFleet.OLD, objection);
  }

  static Report.Status of(String identity) {
    return of(identity, "shop", SimulatedFleet.OLD);
  }

  /** It runs a commit of an application in the environment {@code prod}, proven. */
  public static Report.Status of(String identity, String app, Commit running) {
    return of(identity, app, running, null);
  }

  private static Report.Status of(
      String identity, String app, Commit running, @Nullable Objection objection) {
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
        0,
        objection);
  }
}
