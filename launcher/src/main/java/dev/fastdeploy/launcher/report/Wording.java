package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.FleetEvent;
import dev.fastdeploy.launcher.fleet.FleetSummary;
import dev.fastdeploy.launcher.fleet.InstanceOutcome;
import dev.fastdeploy.launcher.fleet.OldLoadersView;
import dev.fastdeploy.launcher.fleet.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words for events, the same in lines and on a terminal. */
final class Wording {

  private static final int LONGEST_LINE = 2000;

  private Wording() {}

  /** Returns what an instance is doing, without its name. */
  static String step(FleetEvent.OfInstance event) {
    if (event instanceof FleetEvent.Begun) {
      return "connecting";
    } else if (event instanceof FleetEvent.Accepted accepted) {
      return "accepted " + event.at().commit() + ", runs " + orNothing(accepted.running());
    } else if (event instanceof FleetEvent.Staging staging) {
      return "staging " + progress(staging);
    } else if (event instanceof FleetEvent.Staged staged) {
      return staged.alreadyThere() ? "staged before" : "staged";
    } else if (event instanceof FleetEvent.PreDraining) {
      return "pre-draining";
    } else if (event instanceof FleetEvent.Activated) {
      return "activated";
    } else if (event instanceof FleetEvent.Draining) {
      return "draining";
    } else if (event instanceof FleetEvent.Chosen chosen) {
      return "by "
          + chosen.strategy()
          + (chosen.because().isEmpty() ? "" : " (" + oneLine(chosen.because()) + ")");
    } else if (event instanceof FleetEvent.Noted noted) {
      return "note: " + oneLine(noted.line());
    } else if (event instanceof FleetEvent.Loaders after) {
      return "old loaders: " + loaders(after.loaders());
    } else if (event instanceof FleetEvent.Reloading reloading) {
      return "reloading (" + reloading.strategy() + ")";
    } else if (event instanceof FleetEvent.Reconnecting reconnecting) {
      return reconnecting.processReplaced()
          ? "the process is being replaced; waiting for it"
          : "reconnecting (" + reconnecting.reason() + ")";
    } else if (event instanceof FleetEvent.OnProbation) {
      return "on probation";
    } else if (event instanceof FleetEvent.Ended ended) {
      return outcome(ended);
    }
    throw new IllegalStateException("an event without words: " + event);
  }

  /** Returns the counts of class loaders of earlier releases. */
  static String loaders(OldLoadersView loaders) {
    return loaders.collected()
        + " collected, "
        + loaders.pending()
        + " pending, "
        + loaders.leaked()
        + " leaked; metaspace "
        + Sizes.text(loaders.metaspaceBytes());
  }

  private static String progress(FleetEvent.Staging staging) {
    return staging.bytesTotal() > 0
        ? Sizes.text(staging.bytesDone()) + " of " + Sizes.text(staging.bytesTotal())
        : Sizes.text(staging.bytesDone());
  }

  private static String outcome(FleetEvent.Ended ended) {
    InstanceOutcome outcome = ended.outcome();
    String result = result(outcome);
    if (outcome.success()) {
      String commit = ended.at().commit();
      return result
          + (commit.isEmpty() ? "" : " " + commit)
          + (outcome.reason().isEmpty() ? "" : " (" + outcome.reason() + ")");
    }
    return result + ": " + oneLine(outcome.reason());
  }

  private static String result(InstanceOutcome outcome) {
    String words = outcome.result().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return outcome.refusal().isEmpty() ? words : words + " " + outcome.refusal();
  }

  /**
   * Returns everything that helps to find out why a deploy failed on an instance.
   *
   * @param told the event whose line is right above, which is not repeated
   */
  static List<String> failure(FleetEvent.Ended ended, @Nullable FleetEvent told) {
    InstanceOutcome outcome = ended.outcome();
    List<String> lines = new ArrayList<>();
    if (ended != told) {
      lines.add(ended.at().target().name() + " " + outcome(ended));
    }
    if (outcome.exitCode() != null) {
      lines.add("  exit code " + outcome.exitCode());
    }
    if (!outcome.lastLines().isEmpty()) {
      lines.add("  the last lines that " + orNothing(ended.at().commit()) + " printed:");
      outcome.lastLines().forEach(line -> lines.add("  | " + oneLine(line)));
    }
    return lines;
  }

  /** Returns the last line. */
  static String summary(FleetSummary summary) {
    String untouched =
        summary.untouched() == 0
            ? ""
            : ", " + summary.untouched() + " untouched because an earlier one failed";
    return summary.operation().word()
        + " "
        + summary.deploy()
        + (summary.commit().isEmpty() ? "" : " of " + summary.commit())
        + ": "
        + summary.proven()
        + " proven, "
        + summary.failed()
        + " failed"
        + untouched;
  }

  /** Returns what the client leaves behind. */
  static List<String> interrupted(FleetEvent.Interrupted interrupted) {
    return List.of(
        "interrupted: " + interrupted.deploy() + " goes on without this command",
        "  done: " + names(interrupted.done()),
        "  under way, goes on by itself: " + names(interrupted.underWay()),
        "  untouched: " + names(interrupted.untouched()));
  }

  private static String names(List<Target> targets) {
    return targets.isEmpty()
        ? "none"
        : targets.stream().map(Target::name).collect(Collectors.joining(", "));
  }

  private static String orNothing(String commit) {
    return commit.isEmpty() ? "an unknown commit" : commit;
  }

  private static String oneLine(String text) {
    return Text.shortened(text, LONGEST_LINE);
  }
}
