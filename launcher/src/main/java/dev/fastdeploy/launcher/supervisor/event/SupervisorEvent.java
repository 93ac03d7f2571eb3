package dev.fastdeploy.launcher.supervisor.event;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;

/** An event for the supervisor's thread. */
public sealed interface SupervisorEvent {

  /** The launcher received a signal; the name is without SIG. */
  record SignalReceived(String name) implements SupervisorEvent {}

  /** A process that was started has ended: a service, or an init task. */
  record Exited(Process process, int code) implements SupervisorEvent {}

  /** A process that was started to ask something has printed a line. */
  record Told(Process process, String line) implements SupervisorEvent {}

  /** A message arrived from an agent. */
  record Received(Channel channel, ChannelMessage message) implements SupervisorEvent {}

  /** An agent's channel has ended. */
  record ChannelEnded(Channel channel) implements SupervisorEvent {}

  /** An agent has given listeners of its service, or adopted one. */
  record ListenersHeld() implements SupervisorEvent {}

  /** A service without an agent was asked whether it is ready. */
  record Asked(Process process, String unreadyBecause) implements SupervisorEvent {
    public boolean ready() {
      return unreadyBecause.isEmpty();
    }
  }
}
