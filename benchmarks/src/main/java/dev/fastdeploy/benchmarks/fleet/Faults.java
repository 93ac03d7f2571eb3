package dev.fastdeploy.benchmarks.fleet;

import java.util.List;

/** The faults in a fleet, and whether the deploy's budget allows for them. */
public enum Faults {
  /** Nothing. */
  NONE("none"),
  /** A tenth is dead, hung, slow or flapping, and the budget allows for it: it is done. */
  WITHIN_BUDGET("within the budget"),
  /** The same, and the budget does not: it is taken back. */
  OVER_BUDGET("over the budget");

  private final String label;

  Faults(String label) {
    this.label = label;
  }

  /** In results and reports. */
  public String label() {
    return label;
  }

  FleetSetting setting(int members, List<String> flags) {
    return switch (this) {
      case NONE -> FleetSetting.sound(members, flags);
      case WITHIN_BUDGET -> FleetSetting.faulty(members, flags);
      case OVER_BUDGET -> FleetSetting.overBudget(members, flags);
    };
  }
}
