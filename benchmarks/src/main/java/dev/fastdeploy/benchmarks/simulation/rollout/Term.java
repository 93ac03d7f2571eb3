package dev.fastdeploy.benchmarks.simulation.rollout;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part of the delay that can be switched off. What it is differs between the two ways. */
public enum Term {
  /** The rate at which starts may be requested. */
  API_RATE(
      "calls of 10 tasks, the bucket of calls, launches a second and a minute",
      "how fast the source tells, the command connects and the store answers"),
  /** The number that may change at a time. */
  CAPACITY(
      "room for few more tasks than the service has",
      "`--max-unavailable`, `--min-ready`, canary and waves"),
  /** The reaction to a task that finds no room. */
  PLACEMENT(
      "the scheduler's pause, tasks in PROVISIONING, the agent's wait for stopping tasks",
      "nothing: an instance keeps its place"),
  /** The interval at which the platform looks. */
  SCHEDULER("the interval of the service scheduler", "nothing: the command follows each instance"),
  /** The way of the new code to the machine. */
  FETCH(
      "the pull of the image, once an instance",
      "the stage of the release, before anything changes"),
  /** The time that the new code takes to start. */
  START("container and application", "application"),
  /** The time in which the new code must prove itself. */
  HEALTH_CHECK(
      "the container's health check, its report, the load balancer's check",
      "the soak time and the bakes"),
  /** The time that the old code takes to end. */
  STOP("deregistration, drain, stop timeout", "drain");

  private final String ecs;
  private final String fastdeploy;

  Term(String ecs, String fastdeploy) {
    this.ecs = ecs;
    this.fastdeploy = fastdeploy;
  }

  /** Returns what it is in a rolling update of ECS. */
  public String ecs() {
    return ecs;
  }

  /** Returns what it is in a deploy by fastdeploy. */
  public String fastdeploy() {
    return fastdeploy;
  }

  /** As users write it: {@code api-rate}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The term that users write so; empty if there is none. */
  public static Optional<Term> of(String text) {
    return Arrays.stream(values()).filter(term -> term.text().equals(text)).findFirst();
  }
}
