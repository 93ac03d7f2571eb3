package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.plan.Forecast;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Report;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.plan.Waves;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what a deploy of a fleet would do, for people. */
public final class FleetPlanText {

  /** The number of members that are named for each reason. */
  private static final int NAMED = 3;

  private final CleanWriter out;

  /**
   * @param out takes the lines; flushed after each part
   */
  public FleetPlanText(CleanWriter out) {
    this.out = out;
  }

  /**
   * Shows the plan, with what is known of the members that answered.
   *
   * @param images the container images that the record knows
   */
  public void show(Plan plan, Set<Commit> images, Forecast forecast) {
    Collection<Report.Status> members = forecast.answers().values();
    Commit stable = plan.stable();
    out.println(
        plan.app()
            + " in "
            + plan.environment()
            + " to "
            + plan.commit()
            + (stable == null ? ", with no stable commit" : ", from the stable commit " + stable));
    plan.sources().forEach(source -> out.println("  --fleet " + source));
    Map<String, Integer> running = new TreeMap<>();
    Map<String, Integer> unknown = new TreeMap<>();
    int serving = 0;
    for (Report.Status status : members) {
      Commit commit = status.running();
      running.merge(commit == null ? "an unknown commit" : commit.id(), 1, Integer::sum);
      serving += status.inService() ? 1 : 0;
      Commit image = status.image();
      if (image != null && stable != null && !image.equals(stable) && !images.contains(image)) {
        unknown.merge(image.id(), 1, Integer::sum);
      }
    }
    out.println(
        "  "
            + Text.counted(members.size(), "instance answers", "instances answer")
            + ", "
            + Text.counted(serving, "is in service", "are in service"));
    running.forEach(
        (commit, count) -> out.println("    " + Text.counted(count, "runs ", "run ") + commit));
    unknown.forEach(
        (image, count) ->
            out.println(
                "    "
                    + Text.counted(count, "comes", "come")
                    + " from the image "
                    + image
                    + ", which no successful deploy has included yet"));
    forecast.silent().forEach(this::silent);
    forecast.objecting().forEach(this::objecting);
    int fleet = members.size();
    Waves waves = plan.waves();
    for (int wave = 0; fleet > 0 && wave < waves.count(); wave++) {
      out.println(
          "  wave "
              + (wave + 1)
              + (waves.isCanary(wave) ? " (canary)" : "")
              + ": to "
              + waves.goal(wave, fleet)
              + " of "
              + fleet
              + (waves.bake().isZero() ? "" : ", then " + waves.bake().toSeconds() + " s of bake")
              + (waves.gated() ? ", then the gate " + (wave + 1) : ""));
    }
    out.println(
        "  at most "
            + plan.window().maxUnavailable()
            + " at a time, at least "
            + plan.window().minReady()
            + " in service");
    out.flush();
  }

  private void silent(String reason, List<MemberId> members) {
    named(members.size() + " out of reach", reason, members);
  }

  private void objecting(String reason, List<MemberId> members) {
    named(members.size() + " would refuse it now", reason, members);
  }

  private void named(String what, String reason, List<MemberId> members) {
    out.println(
        "    "
            + what
            + ": "
            + reason
            + " ("
            + members.stream().limit(NAMED).map(MemberId::value).collect(Collectors.joining(", "))
            + (members.size() > NAMED ? ", …" : "")
            + ")");
  }

  /** Says that it could not begin, and why. */
  public void refused(Summary summary) {
    refused(summary.reason());
    summary.worst().forEach(one -> out.println("  " + one));
    out.flush();
  }

  /** Says why it would not begin. */
  public void refused(String reason) {
    out.println("it would not begin: " + reason);
    out.flush();
  }

  /** Says why it would begin and fail. */
  public void wouldFail(String reason) {
    out.println("it would fail: " + reason);
    out.flush();
  }

  /**
   * Says that it could begin.
   *
   * @param shortfall why it would end as partial; empty if it could be done
   */
  public void couldBegin(String shortfall) {
    out.println(
        "it could begin" + (shortfall.isEmpty() ? "" : ", and would end as partial: " + shortfall));
    out.flush();
  }
}
