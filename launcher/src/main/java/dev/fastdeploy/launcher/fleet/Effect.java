package dev.fastdeploy.launcher.fleet;

import java.time.Duration;

/** An action that a {@link TargetsDeploy} asks for. */
sealed interface Effect {

  /** Asks the instance to start the deploy. */
  record OpenStream(Target target, long call) implements Effect {}

  /**
   * Asks the instance how the deploy ended.
   *
   * @param patience how long it may wait for the end before it answers; zero to answer at once
   */
  record AskOutcome(Target target, long call, Duration patience) implements Effect {}

  /** Asks the instance what it runs. */
  record AskStatus(Target target, long call) implements Effect {}

  /** Drops the connection: the next call makes a new one. */
  record Disconnect(Target target) implements Effect {}

  /** Reports an event to those who watch. */
  record Tell(FleetEvent event) implements Effect {}
}
