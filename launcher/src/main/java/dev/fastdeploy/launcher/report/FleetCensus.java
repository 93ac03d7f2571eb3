package dev.fastdeploy.launcher.report;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.plan.Event;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts how many instances run which commit, from the events of a deploy. The counts are kept up
 * to date because a terminal shows them often. Not thread-safe.
 */
final class FleetCensus {

  private static final int MOST_COMMITS = 4;
  private static final String UNKNOWN = "";

  private final Map<MemberId, String> running = new HashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Set<MemberId> inService = new HashSet<>();

  void take(Event event) {
    if (event instanceof Event.Found found) {
      Commit commit = found.running();
      runs(found.member(), commit == null ? UNKNOWN : commit.id());
      if (found.inService()) {
        inService.add(found.member());
      }
    } else if (event instanceof Event.Proven proven) {
      runs(proven.member(), proven.commit().id());
    } else if (event instanceof Event.Joined joined) {
      if (!running.containsKey(joined.member().id())) {
        runs(joined.member().id(), UNKNOWN);
      }
    } else if (event instanceof Event.Vanished vanished) {
      forget(vanished.member());
    } else if (event instanceof Event.NewImage newer) {
      forget(newer.member());
    } else if (event instanceof Event.SameMember same) {
      forget(same.other());
    }
  }

  private void runs(MemberId member, String commit) {
    uncount(running.put(member, commit));
    counts.merge(commit, 1, Integer::sum);
  }

  private void uncount(@Nullable String commit) {
    if (commit != null) {
      counts.computeIfPresent(commit, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  private void forget(MemberId member) {
    uncount(running.remove(member));
    inService.remove(member);
  }

  int members() {
    return running.size();
  }

  /**
   * Returns what was found: how many instances there are, what they run, and how many are in
   * service.
   */
  String found() {
    return Text.counted(members(), "instance", "instances")
        + (members() == 0 ? "" : ": " + byCommit() + "; " + inService.size() + " in service");
  }

  /** Returns the commits that most instances run, the most frequent first. */
  String byCommit() {
    StringBuilder text = new StringBuilder();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_COMMITS)
        .forEach(
            count ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(Text.counted(count.getValue(), "runs ", "run "))
                    .append(count.getKey().equals(UNKNOWN) ? "an unknown commit" : count.getKey()));
    int others = counts.size() - MOST_COMMITS;
    return others > 0
        ? text + ", and " + Text.counted(others, "more commit", "more commits")
        : text.toString();
  }
}
