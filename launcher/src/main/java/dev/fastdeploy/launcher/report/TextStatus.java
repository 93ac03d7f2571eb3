package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.InstanceView;
import dev.fastdeploy.launcher.fleet.OldLoadersView;
import java.time.Instant;
import java.util.Locale;

/** Prints a few lines for each instance, for people. Used by one thread. */
public final class TextStatus implements StatusReport {

  private static final int LONGEST_VALUE = 2000;

  private final CleanWriter out;

  /**
   * @param out takes the lines; flushed after each instance
   */
  public TextStatus(CleanWriter out) {
    this.out = out;
  }

  @Override
  public void show(InstanceView view) {
    String error = view.error();
    if (error != null) {
      out.println(
          view.target()
              + " "
              + view.state().toLowerCase(Locale.ROOT)
              + ": "
              + Text.shortened(error, LONGEST_VALUE));
    } else {
      showAnswer(view);
    }
    out.flush();
  }

  private void showAnswer(InstanceView view) {
    out.println(
        view.target()
            + " "
            + view.state().toLowerCase(Locale.ROOT)
            + (view.instance().isEmpty() ? "" : " (" + view.instance() + ")"));
    row("app", view.app());
    row("environment", view.environment());
    row("epoch", view.epoch() == 0 ? "" : Long.toString(view.epoch()));
    row("identity", view.identity());
    row("in service", view.inService() == null ? "" : view.inService() ? "yes" : "no");
    row("running", view.running());
    row("proven", view.proven());
    row("image", view.image());
    row("pending", view.pending());
    row("staged", String.join(", ", view.staged()));
    view.digests().forEach((commit, digest) -> row("sha256", commit + " " + digest));
    view.refused().forEach((commit, reason) -> row("refused", commit + ": " + reason));
    row("strategies", String.join(", ", view.strategies()));
    view.notPrepared().forEach((strategy, reason) -> row("not prepared", strategy + ": " + reason));
    row("deploys refused", view.deploysRefusedBecause());
    row("last sequence", sequence(view));
    InstanceView.Classes classes = view.classes();
    if (classes != null) {
      row(
          "classes",
          classes.fromRelease()
              + " from the release, "
              + classes.fromElsewhere()
              + " from elsewhere; main in "
              + classes.mainClassLocation());
      row("outside", String.join(", ", classes.outside()));
      row("doubtful", classes.doubtful());
    }
    OldLoadersView loaders = view.oldLoaders();
    if (loaders != null) {
      row("old loaders", Wording.loaders(loaders));
      loaders.heldBy().forEach(holder -> row("held by", holder));
      row("second copies", String.join(", ", loaders.secondCopies()));
    }
    row("process", process(view));
    if (!view.outcomes().isEmpty()) {
      InstanceView.PastDeploy last = view.outcomes().get(0);
      row(
          "last deploy",
          last.deploy()
              + " of "
              + last.commit()
              + " "
              + last.result().toLowerCase(Locale.ROOT).replace('_', ' ')
              + (last.outcome().reason().isEmpty() ? "" : ": " + last.outcome().reason()));
    }
  }

  private static String sequence(InstanceView view) {
    long sequence = view.lastSequence();
    if (sequence == 0) {
      return "";
    }
    boolean ahead = view.nowMillis() > 0 && sequence > HomeState.latestSequence(view.nowMillis());
    return sequence
        + " ("
        + Instant.ofEpochMilli(sequence)
        + ")"
        + (ahead ? ", ahead of the instance's clock and so ignored" : "");
  }

  private static String process(InstanceView view) {
    if (view.pid() == 0) {
      return "";
    }
    return "pid "
        + view.pid()
        + (view.startedMillis() == 0 ? "" : " since " + Instant.ofEpochMilli(view.startedMillis()))
        + (view.javaVersion().isEmpty() ? "" : ", Java " + view.javaVersion())
        + (view.agentVersion().isEmpty() ? "" : ", agent " + view.agentVersion());
  }

  private void row(String name, String value) {
    if (!value.isEmpty()) {
      out.println("  " + name + ": " + Text.shortened(value, LONGEST_VALUE));
    }
  }
}
