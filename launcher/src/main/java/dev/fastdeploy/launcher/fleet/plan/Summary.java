package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The end of a deploy. Planned and joined members together are those that are proven, failed,
 * unreachable, vanished, returned, untouched or open.
 *
 * @param ending the kind of end
 * @param reason one line for a person; empty if it is simply done
 * @param planned members that were there when it began
 * @param joined members that came later
 * @param proven members that run the commit
 * @param failed members on which it failed, and that did not go back
 * @param unreachable members that did not answer, or stopped answering
 * @param vanished members that their source no longer knows
 * @param returned members that were moved and brought back
 * @param untouched members that were not moved
 * @param open members whose last request ended in an unknown way; 0 unless superseded
 * @param failures the failures of members by cause, including those that went back later
 * @param worst a few failed members by name, with the reason
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
