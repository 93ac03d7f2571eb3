package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Readiness;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Asks a service that has no agent whether it is ready, until told to stop. Only for one process at
 * a time on a port: from outside, nobody can tell which of two answers.
 */
final class ReadinessProber {

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Thread thread;

  /** Begins to ask. */
  ReadinessProber(Readiness question, Child child, Consumer<SupervisorEvent> events) {
    Process process = child.process();
    thread =
        new Thread(
            null, () -> ask(question, process, events), "fastdeploy-ready", 128 * 1024, false);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the asking. */
  void stop() {
    thread.interrupt();
  }

  private static void ask(Readiness question, Process process, Consumer<SupervisorEvent> events) {
    String last = "not asked yet";
    try {
      while (process.isAlive()) {
        String answer = question.ask(TIMEOUT).orElse("");
        if (!answer.equals(last)) {
          last = answer;
          events.accept(new SupervisorEvent.Asked(process, answer));
        }
        Thread.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }
}
