package dev.fastdeploy.launcher.fleet.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A record that knows one thing: to create what is not there. */
final class SimulatedRecord {

  /** Content of a segment, and who wrote it. */
  record Segment(int owner, List<Action.Entry> entries) {}

  private final Map<Integer, TreeMap<Integer, Segment>> journals = new HashMap<>();
  private final TreeMap<Integer, Integer> epochs = new TreeMap<>();

  /** Begins an epoch; false if another owner has it. */
  boolean begin(int epoch, int owner) {
    Integer there = epochs.putIfAbsent(epoch, owner);
    return there == null || there == owner;
  }

  int newest() {
    return epochs.isEmpty() ? 0 : epochs.lastKey();
  }

  /** Creates a segment; false if somebody else did. */
  boolean append(int epoch, int number, int owner, List<Action.Entry> entries) {
    Segment mine = new Segment(owner, entries);
    TreeMap<Integer, Segment> journal = journals.computeIfAbsent(epoch, key -> new TreeMap<>());
    Segment there = journal.putIfAbsent(number, mine);
    return there == null || there.owner() == owner;
  }

  /** Nothing more can be appended to an epoch. */
  void seal(int epoch, int owner) {
    TreeMap<Integer, Segment> journal = journals.computeIfAbsent(epoch, key -> new TreeMap<>());
    int next = journal.isEmpty() ? 1 : journal.lastKey() + 1;
    journal.putIfAbsent(next, new Segment(owner, List.of()));
  }

  /** All that any owner was fed, in order. */
  List<Action.Entry> replay() {
    List<Action.Entry> entries = new ArrayList<>();
    epochs.forEach(
        (epoch, owner) ->
            journals.getOrDefault(epoch, new TreeMap<>()).values().stream()
                .filter(segment -> segment.owner() == owner)
                .forEach(segment -> entries.addAll(segment.entries())));
    return entries;
  }
}
