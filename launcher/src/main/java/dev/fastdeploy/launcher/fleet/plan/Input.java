package dev.fastdeploy.launcher.fleet.plan;

import java.util.List;

/** What the planner is fed. */
public sealed interface Input {

  /**
   * A source answered.
   *
   * @param source which one, as the plan names it
   * @param sweep the number of the question that it answers
   * @param members whom it knows
   * @param complete whether these are all; if not, nobody has vanished
   */
  record Seen(String source, int sweep, List<Member> members, boolean complete) implements Input {

    public Seen {
      members = List.copyOf(members);
    }
  }

  /** A source did not answer, or not usefully. Nobody has vanished. */
  record Unknown(String source, int sweep, String why) implements Input {}

  /** A member said something, or something was learnt about it. */
  record Heard(MemberId member, Report report) implements Input {}

  /**
   * What the command that carries it out has, and what the release needs; told before anything is
   * heard.
   *
   * @param openFiles how many files it may open; 0 if that is not known
   * @param archiveBytes of the published archive; 0 if that is not known
   */
  record Means(long openFiles, long archiveBytes) implements Input {}

  /**
   * A gate answered.
   *
   * @param gate its number
   * @param question the number of the question that it answers
   */
  record GateSaid(int gate, int question, GateAnswer answer, String why) implements Input {}

  /** A person gave an order. */
  record Ordered(Order order) implements Input {}

  /** A segment of the journal is in the record. */
  record Appended(int segment) implements Input {}

  /** A segment is not in the record, or nobody knows. */
  record AppendFailed(int segment, String why) implements Input {}

  /** Somebody else owns the record now. */
  record LeaseLost(String why) implements Input {}

  /** Another owner goes on from here, after a replay. Nobody knows what was asked last. */
  record TakenOver() implements Input {}

  /** Time has passed. */
  record Passed() implements Input {}
}
