package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.release.record.DeployRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The record of an environment in a simulated store. What stands in a segment is kept beside it:
 * the store has its name, which tells the writer.
 */
final class SimulatedRecord {

  private final DeployRecord record;
  private final Map<String, List<Action.Entry>> contents = new HashMap<>();

  SimulatedRecord(SimulatedStore store) {
    record = new DeployRecord(store, "shop", "prod");
  }

  /** Begins an epoch; false if another owner has it. */
  boolean begin(int epoch, int owner) throws IOException {
    return record.begin(epoch, bytes(name(owner)));
  }

  int newest() throws IOException {
    return record.newest().orElse(0);
  }

  /** Creates a segment; false if somebody else did. */
  boolean append(int epoch, int number, int owner, List<Action.Entry> entries) throws IOException {
    String name = number + " of " + epoch + " by " + name(owner);
    List<Action.Entry> before = contents.putIfAbsent(name, entries);
    if (before != null && !before.equals(entries)) {
      throw new AssertionError("segment " + name + " was sent before, and has changed");
    }
    return record.append(epoch, number, bytes(name));
  }

  /** Nothing more can be appended to an epoch; false if another owner did that. */
  boolean seal(int epoch, int owner) throws IOException {
    return record.seal(epoch, name(owner));
  }

  /** All that the owners of some epochs were fed, in order. */
  List<Action.Entry> replay(int from, int to) throws IOException {
    List<Action.Entry> entries = new ArrayList<>();
    for (int epoch = from; epoch <= to; epoch++) {
      for (byte[] segment : record.replay(epoch, 0)) {
        entries.addAll(
            contents.getOrDefault(new String(segment, StandardCharsets.UTF_8), List.of()));
      }
    }
    return entries;
  }

  private static String name(int owner) {
    return "owner-" + owner;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
