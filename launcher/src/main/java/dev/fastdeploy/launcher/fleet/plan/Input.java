package dev.fastdeploy.launcher.fleet.plan;

import java.util.List;

/** An input of the planner. */
public sealed interface Input {

  /**
   * A source answered.
   *
   * @param source the source's name in the plan
   * @param sweep the number of the question that it answers
   * @param members the members that it knows
   * @param complete whether these are all; if not, no member has vanished
   */
  record Seen(String source, int sweep, List<Member> members, boolean complete) implements Input {

    public Seen {
      members = List.copyOf(members);
    }
  }

  /** A source did not answer, or not usefully. No member has vanished. */
  record Unknown(String source, int sweep, String why) implements Input {}

  /** A member reported something, or something was learnt about it. */
  record Heard(MemberId member, Report report) implements Input {}

  /**
   * The means of the command that runs the deploy, and the needs of the release. Fed before any
   * report.
   *
   * @param openFiles number of files that the command may open; 0 if not known
   * @param archiveBytes size of the published archive; 0 if not known
   */
  record Means(long openFiles, long archiveBytes) implements Input {}

  /**
   * A gate answered.
   *
   * @param gate the gate's number
   * @param question the number of the question that it answers
   */
  record GateSaid(int gate, int question, GateAnswer answer, String why) implements Input {}

  /** A person gave an order. */
  record Ordered(Order order) implements Input {}

  /** A segment of the journal is in the record. */
  record Appended(int segment) implements Input {}

  /** A segment is not in the record, or may not be. */
  record AppendFailed(int segment, String why) implements Input {}

  /** Somebody else owns the record now. */
  record LeaseLost(String why) implements Input {}

  /** Another owner continues from here, after a replay. Nobody knows what was asked last. */
  record TakenOver() implements Input {}

  /** Time has passed. */
  record Passed() implements Input {}
}
