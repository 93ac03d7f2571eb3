package dev.fastdeploy.launcher.fleet;

import java.time.Duration;

/** What a {@link FleetDeploy} wants done. */
sealed interface Effect {

  /** Ask the instance to begin. */
  record OpenStream(Target target, long call) implements Effect {}

  /**
   * Ask the instance how the deploy ended.
   *
   * @param patience how long it may wait for the end before it answers; zero for an answer at once
   */
  record AskOutcome(Target target, long call, Duration patience) implements Effect {}

  /** Ask the instance what it runs. */
  record AskStatus(Target target, long call) implements Effect {}

  /** Forget the connection: the next call makes a new one. */
  record Disconnect(Target target) implements Effect {}

  /** Tell those who watch. */
  record Tell(FleetEvent event) implements Effect {}
}
