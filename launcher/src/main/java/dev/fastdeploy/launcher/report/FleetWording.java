package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words for the deploy of a fleet. */
final class FleetWording {

  private FleetWording() {}

  static List<String> beginning(int epoch, int resumes, Plan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        (resumes == 0 ? "" : "continuing ")
            + (plan.goBack() ? "rollback " : "deploy ")
            + plan.deploy()
            + " of "
            + plan.app()
            + " in "
            + plan.environment()
            + " to "
            + plan.commit()
            + " (epoch "
            + epoch
            + ")");
    Commit stable = plan.stable();
    if (stable == null && !plan.goBack()) {
      lines.add(
          "this environment has no stable commit yet: if the deploy fails, each member returns to"
              + " what it ran before");
    }
    if (!plan.movesStable()) {
      lines.add(
          "the sources are not those of the last deploy, so "
              + (stable == null
                  ? "there will still be no stable commit"
                  : "the stable commit stays " + stable));
    }
    return lines;
  }

  /** Returns one line, or null for an event that only the terminal's rows show. */
  static @Nullable String line(Event event) {
    if (event instanceof Event.Entered entered) {
      return "-- " + entered.phase();
    } else if (event instanceof Event.Joined joined) {
      return joined.member().id() + " joins, at " + joined.member().address();
    } else if (event instanceof Event.NewImage newer) {
      return newer.member()
          + " comes from the newer image "
          + newer.image()
          + ": it is not part of this deploy and keeps what it runs";
    } else if (event instanceof Event.Vanished vanished) {
      return vanished.member() + " is no longer known to its source";
    } else if (event instanceof Event.Returned returned) {
      String address = returned.address();
      boolean isThere = returned.member().value().equals(address);
      return returned.member() + (isThere ? " is back" : " is at " + address);
    } else if (event instanceof Event.SameMember same) {
      return same.other() + " is the same instance as " + same.member() + " and counts once";
    } else if (event instanceof Event.Begun begun) {
      return begun.member() + " is asked to run " + begun.commit();
    } else if (event instanceof Event.Proven proven) {
      return proven.member() + " runs " + proven.commit() + ", proven";
    } else if (event instanceof Event.Failed failed) {
      return failed.member()
          + " failed ("
          + failed.cause().name().toLowerCase(Locale.ROOT)
          + (failed.again() ? ", again" : "")
          + "): "
          + failed.reason();
    } else if (event instanceof Event.SourceUnknown unknown) {
      return "the source '"
          + unknown.source()
          + "' does not answer: "
          + unknown.why()
          + "; nothing new is started";
    } else if (event instanceof Event.Recording recording) {
      return recording.works()
          ? "the record can be written again"
          : "the record cannot be written: "
              + recording.why()
              + "; trying again every second, and starting nothing new after half the lease";
    } else if (event instanceof Event.Paused paused) {
      return (paused.paused() ? "paused by " : "resumed by ")
          + paused.by()
          + (paused.why().isEmpty() ? "" : ": " + paused.why());
    } else if (event instanceof Event.Gate gate) {
      return "gate "
          + gate.gate()
          + " says "
          + gate.answer().name().toLowerCase(Locale.ROOT)
          + (gate.why().isEmpty() ? "" : ": " + gate.why());
    } else if (event instanceof Event.Stopped stopped) {
      return "starting nothing new: " + stopped.reason();
    }
    return null;
  }

  static String interrupted(DeployId deploy) {
    return "interrupted: starting nothing new and waiting for what is under way; interrupt again to"
        + " leave at once (another command can continue it with --deploy-id "
        + deploy
        + ")";
  }

  static String over(int epoch, DeployId deploy) {
    return "the deploy " + deploy + " has already ended, in epoch " + epoch + ":";
  }

  /** Returns how it ended, in a few lines that name each failed member once. */
  static List<String> end(Summary summary) {
    List<String> lines = new ArrayList<>();
    List<String> untold =
        summary.worst().stream().filter(one -> !summary.reason().contains(one)).toList();
    if (!untold.isEmpty()) {
      lines.add("failed:");
      untold.forEach(one -> lines.add("  " + one));
    }
    lines.add(sentence(summary));
    return lines;
  }

  /** Returns how a deploy ended, in one line. */
  static String sentence(Summary summary) {
    StringBuilder text =
        new StringBuilder(summary.ending().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    boolean isBack = summary.proven() == 0 && summary.returned() > 0;
    text.append(": ")
        .append(isBack ? summary.returned() : summary.proven())
        .append(" of ")
        .append(summary.planned() + summary.joined())
        .append(isBack ? " brought back" : " proven");
    part(text, summary.failed(), "failed");
    part(text, summary.unreachable(), "unreachable");
    part(text, summary.vanished(), "vanished");
    part(text, isBack ? 0 : summary.returned(), "brought back");
    part(text, summary.untouched(), "untouched");
    part(text, summary.open(), "left open");
    if (!summary.reason().isEmpty()) {
      text.append("; ").append(summary.reason());
    }
    return text.toString();
  }

  private static void part(StringBuilder text, int members, String what) {
    if (members > 0) {
      text.append(", ").append(members).append(' ').append(what);
    }
  }
}
