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
    InstanceView.Identity identity = view.identity();
    InstanceView.Deploys deploys = view.deploys();
    Boolean inService = view.process().inService();
    out.println(
        view.target()
            + " "
            + view.state().toLowerCase(Locale.ROOT)
            + (identity.instance().isEmpty() ? "" : " (" + identity.instance() + ")"));
    row("app", identity.app());
    row("environment", identity.environment());
    row("epoch", identity.epoch() == 0 ? "" : Long.toString(identity.epoch()));
    row("identity", identity.id());
    row(
        "control endpoint",
        view.elsewhere().isEmpty()
            ? ""
            : view.elsewhere() + "; ask it with --target and credentials");
    row("in service", inService == null ? "" : inService ? "yes" : "no");
    showReleases(view.releases());
    row("strategies", String.join(", ", deploys.strategies()));
    deploys
        .notPrepared()
        .forEach((strategy, reason) -> row("not prepared", strategy + ": " + reason));
    row("deploys refused", deploys.refusedBecause());
    row("last sequence", sequence(deploys.lastSequence(), view.nowMillis()));
    row("connections held", String.join(", ", view.process().heldListeners()));
    row("connections not held", view.process().notHeldBecause());
    row("class-data archive", archive(view.process()));
    showCode(view.process());
    row("process", process(view.process()));
    if (!deploys.outcomes().isEmpty()) {
      showLast(deploys.outcomes().get(0));
    }
  }

  private static String archive(InstanceView.ServiceProcess process) {
    return process.noClassArchiveBecause().isEmpty()
        ? process.classArchive()
        : "none: " + process.noClassArchiveBecause();
  }

  private void showReleases(InstanceView.Releases releases) {
    row("running", releases.running());
    row("proven", releases.proven());
    row("image", releases.image());
    row("pending", releases.pending());
    row("staged", String.join(", ", releases.staged()));
    releases.digests().forEach((commit, digest) -> row("sha256", commit + " " + digest));
    releases.refused().forEach((commit, reason) -> row("refused", commit + ": " + reason));
  }

  private void showCode(InstanceView.ServiceProcess process) {
    InstanceView.Classes classes = process.classes();
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
    OldLoadersView loaders = process.oldLoaders();
    if (loaders != null) {
      row("old loaders", Wording.loaders(loaders));
      loaders.heldBy().forEach(holder -> row("held by", holder));
      row("second copies", String.join(", ", loaders.secondCopies()));
    }
  }

  private void showLast(InstanceView.PastDeploy last) {
    row(
        "last deploy",
        last.deploy()
            + " of "
            + last.commit()
            + " "
            + last.result().toLowerCase(Locale.ROOT).replace('_', ' ')
            + (last.outcome().reason().isEmpty() ? "" : ": " + last.outcome().reason()));
  }

  private static String sequence(long sequence, long nowMillis) {
    if (sequence == 0) {
      return "";
    }
    boolean ahead = nowMillis > 0 && sequence > HomeState.latestSequence(nowMillis);
    return sequence
        + " ("
        + Instant.ofEpochMilli(sequence)
        + ")"
        + (ahead ? ", ahead of the instance's clock and so ignored" : "");
  }

  private static String process(InstanceView.ServiceProcess process) {
    if (process.pid() == 0) {
      return "";
    }
    return "pid "
        + process.pid()
        + (process.startedMillis() == 0
            ? ""
            : " since " + Instant.ofEpochMilli(process.startedMillis()))
        + (process.javaVersion().isEmpty() ? "" : ", Java " + process.javaVersion())
        + (process.agentVersion().isEmpty() ? "" : ", agent " + process.agentVersion());
  }

  private void row(String name, String value) {
    if (!value.isEmpty()) {
      out.println("  " + name + ": " + Text.shortened(value, LONGEST_VALUE));
    }
  }
}
