package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.record.Beginning;
import dev.fastdeploy.launcher.fleet.record.Closing;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.report.FleetLines;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes an epoch of a record as one line for people. */
final class EpochLine {

  private EpochLine() {}

  static String of(Epoch epoch) {
    Beginning beginning = epoch.beginning();
    Plan plan = beginning.plan();
    StringBuilder line = new StringBuilder();
    line.append(epoch.number())
        .append(' ')
        .append(beginning.at().truncatedTo(ChronoUnit.SECONDS))
        .append(' ');
    if (plan == null) {
      line.append("lock");
    } else {
      line.append(plan.goBack() ? "rollback " : "deploy ")
          .append(plan.deploy())
          .append(" to ")
          .append(plan.commit());
    }
    line.append(" by ").append(beginning.by().isEmpty() ? "somebody" : beginning.by());
    if (beginning.resumes() > 0) {
      line.append(" (resumed)");
    }
    if (!beginning.why().isEmpty()) {
      line.append(" (").append(beginning.why()).append(')');
    }
    return line.append(": ").append(end(epoch)).toString();
  }

  private static String held(Epoch epoch) {
    Instant until = epoch.beginning().until();
    return "held" + (until == null ? "" : " until " + until.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String end(Epoch epoch) {
    Closing closing = epoch.closing();
    if (closing == null) {
      return epoch.beginning().isLock() ? held(epoch) : "under way, or its command is gone";
    }
    if (closing.summary() != null) {
      return FleetLines.sentence(closing.summary());
    }
    String how = closing.how().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return closing.why().isEmpty() ? how : how + ", " + closing.why();
  }
}
