package dev.fastdeploy.agent.deploy;

import java.util.List;

/**
 * Whether connections to the service wait during a reload by {@code process}.
 *
 * @param listeners the addresses at which they do; empty if they do not
 * @param notHeldBecause the reason why they do not although they are meant to, one line; empty if
 *     there is none
 */
public record ConnectionHolding(List<String> listeners, String notHeldBecause) {

  /** For a service whose launcher is not told to hold connections. */
  public static final ConnectionHolding OFF = new ConnectionHolding(List.of(), "");

  /** Copies the list. */
  public ConnectionHolding {
    listeners = List.copyOf(listeners);
  }
}
