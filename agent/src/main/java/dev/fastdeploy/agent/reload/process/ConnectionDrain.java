package dev.fastdeploy.agent.reload.process;

import java.time.Duration;

/** Ends the connections of the service before its process ends. */
@FunctionalInterface
public interface ConnectionDrain {

  /** For a service whose connections end with its process. */
  ConnectionDrain NONE = (offer, most) -> {};

  /**
   * Gives the service's listeners to the launcher and waits until no request is under way. Never
   * throws: the process ends in any case.
   *
   * @param most the longest time for all of it
   */
  void drain(HoldOffer offer, Duration most);
}
