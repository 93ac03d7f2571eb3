package dev.fastdeploy.launcher.supervisor.health;

import java.util.List;
import java.util.Locale;

/**
 * Every metric of an instance. Durations and times are in seconds, counters start with the
 * launcher.
 */
enum Metric {
  RELEASE_INFO("release_info", Type.GAUGE, "Always 1, with the commit that runs.", "commit"),
  INSTANCE_STATE(
      "instance_state",
      Type.GAUGE,
      "1 for the state that the instance is in, 0 for the others.",
      "state"),
  INSTANCE_LIVE("instance_live", Type.GAUGE, "1 if /live answers 200, else 0."),
  INSTANCE_READY("instance_ready", Type.GAUGE, "1 if /ready answers 200, else 0."),
  START_ATTEMPT(
      "start_attempt",
      Type.GAUGE,
      "Number of the running start of the service; 1 is the launcher's first."),
  RELOADS(
      "reloads_total",
      Type.COUNTER,
      "Reloads that reached the launcher, by outcome.",
      "strategy",
      "outcome"),
  ROLLBACKS(
      "rollbacks_total",
      Type.COUNTER,
      "Number of times that a release did not come up and the previous one was restored."),
  RESTARTS(
      "restarts_total",
      Type.COUNTER,
      "Number of times that the service was started again, by reason.",
      "reason"),
  LAST_RELOAD(
      "last_reload_duration_seconds",
      Type.GAUGE,
      "Time from the end of the old code's work to the readiness of the code that runs after it."),
  LAST_RELOAD_PHASE(
      "last_reload_phase_seconds",
      Type.GAUGE,
      "Time that each phase of the last reload took, counted from the phase before it.",
      "phase"),
  LAUNCHER_START(
      "launcher_start_time_seconds", Type.GAUGE, "When the launcher was started, Unix time."),
  SERVICE_START(
      "service_start_time_seconds", Type.GAUGE, "When the service was started last, Unix time.");

  /** The types of the text format that are used here. */
  enum Type {
    COUNTER,
    GAUGE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String PREFIX = "fastdeploy_";

  private final String name;
  private final Type type;
  private final String help;
  private final String labels;

  Metric(String name, Type type, String help, String... labels) {
    this.name = name;
    this.type = type;
    this.help = help;
    this.labels = String.join(",", labels);
  }

  /** Returns its full name. */
  String fullName() {
    return PREFIX + name;
  }

  Type type() {
    return type;
  }

  /** Returns its help text, one or two sentences. */
  String help() {
    return help;
  }

  /** Returns the names of its labels. */
  List<String> labels() {
    return labels.isEmpty() ? List.of() : List.of(labels.split(",", -1));
  }
}
