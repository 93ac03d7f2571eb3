package dev.fastdeploy.launcher.fleet.plan;

import java.util.List;

/** An action that the planner asks for. */
public sealed interface Action {

  /** Sends a request to a member. */
  record AskMember(MemberId member, String address, Ask ask) implements Action {}

  /** Asks every source for its members. */
  record Sweep(int number) implements Action {}

  /** Asks a gate. */
  record AskGate(int gate, int question) implements Action {}

  /** Appends a segment to the journal. */
  record Append(int segment, List<Entry> entries) implements Action {

    public Append {
      entries = List.copyOf(entries);
    }
  }

  /** Reports an event to those who watch. */
  record Say(Event event) implements Action {}

  /** The deploy has ended. Nothing follows. */
  record End(Summary summary) implements Action {}

  /**
   * An input that the planner was fed, and its time.
   *
   * @param at milliseconds since the deploy began
   */
  record Entry(long at, Input input) {}
}
