package dev.fastdeploy.benchmarks.fleet;

import dev.fastdeploy.launcher.fleet.plan.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks a deploy against the reports of the command, of each instance and of the record. It
 * collects violations, because measuring a deploy that went wrong is meaningless.
 */
final class FleetChecks {

  /**
   * Calls that a deploy needs of an instance that does what it is asked: its status is asked once
   * and watched, also after the restart, it is staged, activated, and asked how that ended. A lost
   * answer, or a machine so busy that it seems silent, adds a few; time must not.
   */
  static final int MOST_CALLS = 20;

  private final FleetOutcome outcome;
  private final List<String> wrong = new ArrayList<>();

  private FleetChecks(FleetOutcome outcome) {
    this.outcome = outcome;
  }

  /** Returns the violations in a deploy, one line each. */
  static List<String> of(FleetOutcome outcome) {
    FleetChecks checks = new FleetChecks(outcome);
    checks.wholeAndAgreed();
    checks.noPoll();
    checks.budget();
    if (outcome.setting().isDoneInTheEnd()) {
      checks.done();
    } else {
      checks.takenBack();
    }
    return checks.wrong;
  }

  private void wholeAndAgreed() {
    int counted = 0;
    for (String kind :
        List.of("proven", "failed", "unreachable", "vanished", "returned", "untouched", "open")) {
      counted += outcome.counted(kind);
    }
    expect("instances of which the command tells", counted, outcome.setting().members());
    expect("instances that were planned", outcome.counted("planned"), outcome.setting().members());
    String said = outcome.ended().text("ending").toUpperCase(Locale.ROOT).replace('-', '_');
    expect("the ending in the record", outcome.recordedEnding(), said);
    expect(
        "the ending of which the exit code tells",
        outcome.command().exitCode(),
        outcome.counted("exitCode"));
  }

  private void noPoll() {
    if (outcome.mostCalls() > MOST_CALLS) {
      wrong.add(
          "an instance was called "
              + outcome.mostCalls()
              + " times in "
              + outcome.command().wallMillis()
              + " ms");
    }
  }

  /** Nothing is begun once the budget is used up: what is under way then may fail as well. */
  private void budget() {
    int most = outcome.setting().allowance() + outcome.setting().window();
    for (String cause : List.of("application", "unreachable", "artifact")) {
      if (outcome.failures(cause) > most) {
        wrong.add(outcome.failures(cause) + " failed (" + cause + "), at most " + most + " may");
      }
    }
  }

  private void done() {
    expect("the ending", outcome.ended().text("ending"), name(Ending.DONE));
    expect("exit code", outcome.command().exitCode(), Ending.DONE.exitCode());
    expect("failed (application)", hosts("application"), with(Behaviour.FLAPPING));
    expect("failed (unreachable)", hosts("unreachable"), with(Behaviour.DEAD, Behaviour.HUNG));
    expect("failed (artifact)", hosts("artifact"), Set.of());
    for (EndpointHosts.Said instance : outcome.instances()) {
      boolean runs = instance.proven().equals(FleetSite.NEXT.id());
      if (runs != instance.behaviour().isProvenInTheEnd()) {
        wrong.add(
            instance.host()
                + " ("
                + instance.behaviour().label()
                + ") has proven "
                + instance.proven());
      }
    }
    expect("proven", outcome.counted("proven"), count(Behaviour.SOUND) + count(Behaviour.SLOW));
  }

  private void takenBack() {
    expect("the ending", outcome.ended().text("ending"), name(Ending.ROLLED_BACK));
    expect("exit code", outcome.command().exitCode(), Ending.ROLLED_BACK.exitCode());
    expect("proven", outcome.counted("proven"), 0);
    long left =
        outcome.instances().stream()
            .filter(instance -> instance.behaviour() != Behaviour.DEAD)
            .filter(instance -> instance.behaviour() != Behaviour.HUNG)
            .filter(instance -> instance.proven().equals(FleetSite.NEXT.id()))
            .count();
    expect("instances that answer and were left on the new commit", left, 0L);
  }

  private int count(Behaviour behaviour) {
    return outcome.count(behaviour);
  }

  private Set<String> hosts(String cause) {
    return outcome.command().lines().stream()
        .filter(line -> line.is("failed") && line.text("cause").equals(cause))
        .map(line -> line.text("member"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> with(Behaviour... behaviours) {
    Set<String> members = new TreeSet<>();
    for (int number = 0; number < outcome.instances().size(); number++) {
      if (List.of(behaviours).contains(outcome.instances().get(number).behaviour())) {
        members.add("instance-" + number);
      }
    }
    return members;
  }

  private static String name(Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void expect(String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      wrong.add(what + ": " + found + ", not " + expected);
    }
  }
}
