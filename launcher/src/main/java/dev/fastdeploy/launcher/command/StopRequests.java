package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.SignalReceiver;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Handles Ctrl-C and TERM during a fleet deploy: the first asks the deploy to end, the second
 * interrupts the command. Where signals cannot be received, the first ends the JVM as if it were
 * killed.
 */
final class StopRequests {

  private static final List<String> STOPS = List.of("INT", "TERM");

  private StopRequests() {}

  /**
   * Handles signals from now on. A second one interrupts the calling thread.
   *
   * @param first gets the name of the first signal, on a thread of the JVM
   */
  static void hear(Consumer<String> first) {
    Thread command = Thread.currentThread();
    AtomicBoolean asked = new AtomicBoolean();
    SignalReceiver.receive(
        STOPS,
        name -> {
          if (asked.compareAndSet(false, true)) {
            first.accept(name);
          } else {
            command.interrupt();
          }
        });
  }

  /** Lets the JVM end at signals again. */
  static void leave() {
    SignalReceiver.leaveToTheJvm(STOPS);
  }
}
