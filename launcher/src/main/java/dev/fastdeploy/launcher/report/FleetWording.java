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

/** How the deploy of a fleet is told to people, in words. */
final class FleetWording {

  private FleetWording() {}

  static List<String> beginning(int epoch, int resumes, Plan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        (resumes == 0 ? "" : "goes on with ")
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
          "no deploy of this environment was done before: a failed one goes back member by member");
    }
    if (!plan.movesStable()) {
      lines.add("its sources are not those of the last deploy: the stable commit stays " + stable);
    }
    return lines;
  }

  /** One line; nothing for what only a picture shows. */
  static @Nullable String line(Event event) {
    if (event instanceof Event.Entered entered) {
      return "-- " + entered.phase();
    } else if (event instanceof Event.Joined joined) {
      return joined.member().id() + " joins, at " + joined.member().address();
    } else if (event instanceof Event.NewImage newer) {
      return newer.member()
          + " comes from the newer image "
          + newer.image()
          + ": it is no part of this deploy, and keeps what it runs";
    } else if (event instanceof Event.Vanished vanished) {
      return vanished.member() + " is no longer known to its source";
    } else if (event instanceof Event.Returned returned) {
      String address = returned.address();
      boolean isThere = returned.member().value().equals(address);
      return returned.member() + (isThere ? " is back" : " is at " + address);
    } else if (event instanceof Event.SameMember same) {
      return same.other() + " is " + same.member() + ", and counts once";
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
          + "' does not tell: "
          + unknown.why()
          + "; nothing new is begun";
    } else if (event instanceof Event.Recording recording) {
      return recording.works()
          ? "the record is written again"
          : "the record cannot be written: "
              + recording.why()
              + "; tried again each second, and nothing new is begun for want of it after half the"
              + " lease";
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
      return "nothing new is begun: " + stopped.reason();
    }
    return null;
  }

  static String interrupted(DeployId deploy) {
    return "interrupted: nothing new is begun, and what is under way is waited for; once more leaves at"
        + " once (another goes on with it by --deploy-id "
        + deploy
        + ")";
  }

  static String over(int epoch, DeployId deploy) {
    return "the deploy " + deploy + " came to its end before, in epoch " + epoch + ":";
  }

  /** How it ended, in a few lines, in which each failed member is told once. */
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

  /** How a deploy ended, in one line. */
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
