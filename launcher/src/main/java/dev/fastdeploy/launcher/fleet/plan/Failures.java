package dev.fastdeploy.launcher.fleet.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The failures of a deploy, by cause. They only grow: no healthy member makes up for one. */
final class Failures {

  private static final int SAMPLES = 3;

  private final Budget budget;
  private final Map<Cause, Integer> counts = new EnumMap<>(Cause.class);
  private final Map<Cause, List<String>> samples = new EnumMap<>(Cause.class);
  private int ofMoved;

  Failures(Budget budget) {
    this.budget = budget;
    for (Cause cause : Cause.values()) {
      counts.put(cause, 0);
      samples.put(cause, new ArrayList<>());
    }
  }

  void count(MemberDeploy member, Cause cause, String reason) {
    counts.merge(cause, 1, Integer::sum);
    ofMoved += member.moved ? 1 : 0;
    List<String> some = samples(cause);
    if (some.size() < SAMPLES) {
      some.add(member.id + ": " + reason);
    }
  }

  /** Returns how many failed after they had been asked to run the commit. */
  int ofMoved() {
    return ofMoved;
  }

  /** Returns why the deploy must stop, or null while the budget lasts. */
  @Nullable Trouble exceeded(int fleet) {
    for (Cause cause : Cause.values()) {
      int count = count(cause);
      int allowance = budget.allowance(cause, fleet);
      if (count > allowance) {
        return new Trouble(
            cause == Cause.ARTIFACT ? Ending.ARTIFACT : Ending.PARTIAL,
            count
                + " of "
                + fleet
                + " failed ("
                + word(cause)
                + "), "
                + allowance
                + " allowed: "
                + String.join("; ", samples(cause)));
      }
    }
    return null;
  }

  Map<Cause, Integer> counts() {
    return counts;
  }

  /** Returns a few failed members by name, for each cause. */
  List<String> samples() {
    List<String> all = new ArrayList<>();
    for (Cause cause : Cause.values()) {
      all.addAll(samples(cause));
    }
    return all;
  }

  private int count(Cause cause) {
    return counts.getOrDefault(cause, 0);
  }

  private List<String> samples(Cause cause) {
    return samples.getOrDefault(cause, new ArrayList<>());
  }

  private static String word(Cause cause) {
    return switch (cause) {
      case APPLICATION -> "the release did not come up or was refused";
      case ARTIFACT -> "the release could not be staged";
      case UNREACHABLE -> "no answer";
    };
  }
}
