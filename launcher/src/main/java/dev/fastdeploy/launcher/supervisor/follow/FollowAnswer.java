package dev.fastdeploy.launcher.supervisor.follow;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.FollowWords;
import dev.fastdeploy.contract.Text;
import java.util.Optional;

/** The answer of an environment's record to a container that starts. */
sealed interface FollowAnswer {

  /** The environment's stable release is in the home. */
  record Stable(Commit commit, long epoch) implements FollowAnswer {}

  /** The container starts what it would start by itself. */
  record Own() implements FollowAnswer {}

  /** The answer is unknown. */
  record Unknown(String reason) implements FollowAnswer {}

  /** Returns the answer in a line of the process that asks; empty if it is not one. */
  static Optional<FollowAnswer> in(String line) {
    String[] words = line.split(" ", 2);
    String rest = words.length < 2 ? "" : words[1];
    return switch (words[0]) {
      case FollowWords.STABLE -> Optional.of(stable(rest));
      case FollowWords.OWN -> Optional.of(new Own());
      case FollowWords.UNKNOWN -> Optional.of(new Unknown(Text.oneLine(rest)));
      default -> Optional.empty();
    };
  }

  private static FollowAnswer stable(String words) {
    String[] two = words.split(" ", -1);
    try {
      return new Stable(new Commit(two[0]), Long.parseLong(two[two.length - 1]));
    } catch (IllegalArgumentException malformed) {
      return new Unknown("'" + Text.shortened(words, 100) + "' is not a release to follow");
    }
  }
}
