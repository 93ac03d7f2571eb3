package dev.fastdeploy.launcher.fleet.carrier;

import dev.fastdeploy.launcher.fleet.plan.Action;
import java.io.Closeable;

/**
 * Delivers requests to members. Reports come back on another thread, late, twice or never; an
 * attempt that is delivered twice is done once. Returns at once. Thread-safe.
 */
public interface Carrier extends Closeable {

  /** Asks a member, at its newest address. */
  void perform(Action.AskMember ask);

  /**
   * Ends all connections. What is under way goes on without the carrier, and nothing is asked any
   * more.
   */
  @Override
  void close();
}
