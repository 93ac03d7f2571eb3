package dev.fastdeploy.launcher.fleet.plan;

import java.util.List;

/** What the planner wants done. */
public sealed interface Action {

  /** Ask a member. */
  record AskMember(MemberId member, String address, Ask ask) implements Action {}

  /** Ask every source who is there. */
  record Sweep(int number) implements Action {}

  /** Ask a gate. */
  record AskGate(int gate, int question) implements Action {}

  /** Put a segment into the journal. */
  record Append(int segment, List<Entry> entries) implements Action {

    public Append {
      entries = List.copyOf(entries);
    }
  }

  /** Tell those who watch. */
  record Say(Event event) implements Action {}

  /** It is over: nothing follows. */
  record End(Summary summary) implements Action {}

  /**
   * What the planner was fed, and when.
   *
   * @param at milliseconds since the deploy began
   */
  record Entry(long at, Input input) {}
}
