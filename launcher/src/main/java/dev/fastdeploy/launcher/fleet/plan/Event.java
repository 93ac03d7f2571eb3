package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a deploy, for those who watch. */
public sealed interface Event {

  /** The deploy has entered a phase. */
  record Entered(String phase) implements Event {}

  /**
   * A member reported its status, for the first time in this deploy or since another owner took
   * over.
   *
   * @param running the commit that runs; null if not known
   * @param proven whether that commit is proven there
   * @param inService whether it is ready
   */
  record Found(
      MemberId member,
      String address,
      String zone,
      @Nullable Commit running,
      boolean proven,
      boolean inService)
      implements Event {}

  /** A member appeared that was not there when the deploy began. */
  record Joined(Member member) implements Event {}

  /**
   * A member comes from a container image that nobody knew when the deploy began: it is no longer
   * part of the deploy, and keeps what it runs.
   */
  record NewImage(MemberId member, Commit image) implements Event {}

  /** A member is no longer known to its source. */
  record Vanished(MemberId member) implements Event {}

  /** A member that had vanished, or was lost under another address, is back. */
  record Returned(MemberId member, String address) implements Event {}

  /** Two addresses lead to one member, which counts once. */
  record SameMember(MemberId member, MemberId other) implements Event {}

  /** A member was asked to run a commit. */
  record Begun(MemberId member, Commit commit) implements Event {}

  /** A member made progress with a request. */
  record Went(MemberId member, Step step) implements Event {}

  /** A member runs what it was asked to. */
  record Proven(MemberId member, Commit commit) implements Event {}

  /**
   * A member failed.
   *
   * @param again whether it had failed before in this deploy, and so is not counted again
   */
  record Failed(MemberId member, Cause cause, String reason, List<String> lastLines, boolean again)
      implements Event {

    public Failed {
      lastLines = List.copyOf(lastLines);
    }
  }

  /** A source does not answer: nothing new is started. */
  record SourceUnknown(String source, String why) implements Event {}

  /**
   * The record does not accept the journal, or accepts it again.
   *
   * @param why why it does not; empty if it does
   */
  record Recording(boolean works, String why) implements Event {}

  /** The deploy was paused or resumed, by somebody. */
  record Paused(boolean paused, String by, String why) implements Event {}

  /** A gate answered. */
  record Gate(int gate, GateAnswer answer, String why) implements Event {}

  /** Nothing new is started, for a reason. */
  record Stopped(String reason) implements Event {}
}
