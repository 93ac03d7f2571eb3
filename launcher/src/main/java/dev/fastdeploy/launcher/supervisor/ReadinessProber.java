package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Readiness;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Asks a service without an agent whether it is ready, until told to stop or the process ends. Only
 * for one process at a time on a port: from outside, nobody can tell which of two answers.
 */
final class ReadinessProber {

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration ONCE_TAKEN = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Thread thread;
  private volatile Duration interval = INTERVAL;

  /** Starts to ask. */
  ReadinessProber(Readiness question, Process process, Consumer<SupervisorEvent> events) {
    thread =
        new Thread(
            null, () -> ask(question, process, events), "fastdeploy-ready", 128 * 1024, false);
    thread.setDaemon(true);
    thread.start();
  }

  /** Asks less often: the release is accepted for good. */
  void calmDown() {
    interval = ONCE_TAKEN;
  }

  /** Stops asking. */
  void stop() {
    thread.interrupt();
  }

  private void ask(Readiness question, Process process, Consumer<SupervisorEvent> events) {
    String last = "not asked yet";
    try {
      while (process.isAlive()) {
        String answer = question.ask(TIMEOUT).orElse("");
        if (!answer.equals(last)) {
          last = answer;
          events.accept(new SupervisorEvent.Asked(process, answer));
        }
        Thread.sleep(interval.toMillis());
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }
}
