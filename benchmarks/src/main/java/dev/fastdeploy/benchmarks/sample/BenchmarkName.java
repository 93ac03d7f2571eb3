package dev.fastdeploy.benchmarks.sample;

/** The names under which benchmarks write their samples down. Never rename: old files hold them. */
public final class BenchmarkName {

  /** One reload of a fresh service. */
  public static final String RELOAD = "reload";

  /** One reload after the other of one service. */
  public static final String SERIES = "series";

  /** Reloads to commits of several kinds. */
  public static final String COMMIT_KIND = "commit-kind";

  /** One deploy after the other under one load, with the connections that wait or are lost. */
  public static final String HELD = "held";

  /** Deploys with clients whose request or connection lasts over them. */
  public static final String SLOW_CLIENTS = "slow-clients";

  /** A release from a store to the disk. */
  public static final String STAGING = "staging";

  /** The cost that fastdeploy adds to a service's process, and that of its launcher. */
  public static final String INSTANCE = "instance";

  /** What an instance that stages from S3 takes, and keeps. */
  public static final String STORE_CLIENT = "store-client";

  /** From the end of a supervised process to the start of the next. */
  public static final String SUPERVISOR = "supervisor";

  /** One command and a fleet of instances with sockets. */
  public static final String FLEET = "fleet";

  /** The planner and the record with a simulated fleet. */
  public static final String FLEET_PLAN = "fleet-plan";

  private BenchmarkName() {}
}
