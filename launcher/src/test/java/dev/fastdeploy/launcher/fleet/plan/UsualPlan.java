package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan with nothing special in it, for tests that need any. */
public final class UsualPlan {

  private UsualPlan() {}

  /** A deploy of {@code shop} in {@code prod}, one instance at a time. */
  public static Plan of(DeployId deploy, Commit commit, @Nullable Commit stable, String source) {
    return new Plan(
        deploy,
        "shop",
        "prod",
        commit,
        stable,
        false,
        true,
        List.of(source),
        Waves.ONE,
        new Window(Share.number(1), Share.NONE, 200),
        Budget.STRICT,
        Patience.DEFAULT,
        Share.ALL,
        OnFailure.ROLLBACK,
        false,
        false,
        Manner.USUAL);
  }
}
