package dev.fastdeploy.launcher.supervisor.event;

import dev.fastdeploy.launcher.supervisor.process.LauncherThreads;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reports the end of a process as an event, with 128 + n for signal n. A thread waits for it. If
 * none can be made, the supervisor's own thread looks for the end, and tries again to make one.
 */
@SupervisorThread
public final class ExitWatch {

  private static final Duration AGAIN = Duration.ofMillis(500);

  private final Process process;
  private final Consumer<SupervisorEvent> events;
  private final LauncherThreads.Starter threads;
  private final DueTime look = new DueTime();

  public ExitWatch(Process process, Consumer<SupervisorEvent> events) {
    this(process, events, LauncherThreads::start);
  }

  ExitWatch(Process process, Consumer<SupervisorEvent> events, LauncherThreads.Starter threads) {
    this.process = process;
    this.events = events;
    this.threads = threads;
    begin();
  }

  private void begin() {
    try {
      threads.start("waiter", this::await);
    } catch (OutOfMemoryError noThread) {
      // The service runs. It must not lose its supervisor over this.
      look.in(AGAIN);
    }
  }

  private void await() {
    try {
      int code = process.waitFor();
      events.accept(new SupervisorEvent.Exited(process, code));
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the nanoseconds until {@link #look} is due; the largest number if a thread waits. */
  public long left(long now) {
    return look.left(now);
  }

  /** Looks for the end if no thread waits for it and it is time to. */
  public void look(long now) {
    if (!look.takeIfDue(now)) {
      return;
    }
    if (process.isAlive()) {
      begin();
    } else {
      events.accept(new SupervisorEvent.Exited(process, process.exitValue()));
    }
  }
}
