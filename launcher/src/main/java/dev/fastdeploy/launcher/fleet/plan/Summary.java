package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a deploy ended. The members that were planned and joined are those that are proven, failed,
 * unreachable, vanished, returned, untouched or open.
 *
 * @param ending in one word
 * @param reason one line for a person; empty if it is simply done
 * @param planned members that were there when it began
 * @param joined members that came later
 * @param proven members that run the commit
 * @param failed members on which it failed, and that did not go back
 * @param unreachable members that did not answer, or not again
 * @param vanished members that their source no longer knows
 * @param returned members that were moved and brought back
 * @param untouched members that were not moved
 * @param open members of which nobody knows how the last ask ended; none unless superseded
 * @param failures each failure of a member by cause, also of those that went back later
 * @param worst at most a few failed members by name, with the reason
 * @param stableMoves whether the commit is the stable one from now on
 * @param images the commits of the container images in which the commit was proven
 */
public record Summary(
    Ending ending,
    String reason,
    int planned,
    int joined,
    int proven,
    int failed,
    int unreachable,
    int vanished,
    int returned,
    int untouched,
    int open,
    Map<Cause, Integer> failures,
    List<String> worst,
    boolean stableMoves,
    Set<Commit> images) {

  public Summary {
    failures = Map.copyOf(failures);
    worst = List.copyOf(worst);
    images = Set.copyOf(images);
  }
}
