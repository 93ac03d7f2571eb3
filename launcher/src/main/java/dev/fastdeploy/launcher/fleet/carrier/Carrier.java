package dev.fastdeploy.launcher.fleet.carrier;

import dev.fastdeploy.launcher.fleet.plan.Action;
import java.io.Closeable;

/**
 * Brings asks to members. Reports come back on another thread, late, twice or never; the same
 * attempt brought twice does the thing once. Returns at once. Thread-safe.
 */
public interface Carrier extends Closeable {

  /** Asks a member, at its newest address. */
  void perform(Action.AskMember ask);

  /**
   * Ends all connections; what is under way goes on without the carrier. Nothing is asked later.
   */
  @Override
  void close();
}
