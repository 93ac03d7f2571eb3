package dev.fastdeploy.benchmarks.fleet;

import java.time.Duration;
import java.util.List;

/**
 * One deploy of a fleet that is measured.
 *
 * @param members of the fleet
 * @param faulty whether a tenth of them is dead, hung, slow or flapping once it is asked to restart
 * @param budget how many may fail by the application and how many may not answer, as a percentage
 * @param restart the median of the time that an instance takes
 * @param timeout until when an instance must be proven
 * @param flags of the command's JVM
 */
record FleetSetting(
    int members,
    boolean faulty,
    String budget,
    Duration restart,
    Duration timeout,
    List<String> flags) {

  /** The percentage of members that may change at a time. */
  static final int WINDOW_PERCENT = 10;

  /** Of the fleet, for the deploy to be done; a tenth of it may have faults. */
  private static final String SUCCESS_AT = "90%";

  /** As the Spring Boot service of this suite takes. */
  private static final Duration RESTART = Duration.ofMillis(3500);

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  FleetSetting {
    flags = List.copyOf(flags);
  }

  /** A whole deploy of a fleet without faults. */
  static FleetSetting sound(int members, List<String> flags) {
    return new FleetSetting(members, false, "5%", RESTART, TIMEOUT, flags);
  }

  /** A tenth has faults, and a budget that allows for them. */
  static FleetSetting faulty(int members, List<String> flags) {
    return new FleetSetting(members, true, "6%", RESTART, TIMEOUT, flags);
  }

  /** A tenth has faults, and a budget that does not: the deploy is taken back. */
  static FleetSetting overBudget(int members, List<String> flags) {
    return new FleetSetting(members, true, "1%", RESTART, TIMEOUT, flags);
  }

  /** Returns whether the budget allows for the failures: at most a twentieth for each cause. */
  boolean isDoneInTheEnd() {
    return !faulty || allowance() * 20 >= members;
  }

  int window() {
    return Math.max(1, members * WINDOW_PERCENT / 100);
  }

  /** Returns how many may fail by each cause. */
  int allowance() {
    return members * Integer.parseInt(budget.replace("%", "")) / 100;
  }

  /** Returns the deploy's options besides the fleet. */
  List<String> options() {
    return List.of(
        "--max-unavailable",
        WINDOW_PERCENT + "%",
        "--max-failed",
        budget,
        "--max-unreachable",
        budget,
        "--success-at",
        faulty ? SUCCESS_AT : "100%",
        "--connect-timeout",
        "60s",
        "--timeout",
        timeout.toSeconds() + "s",
        "--json");
  }
}
