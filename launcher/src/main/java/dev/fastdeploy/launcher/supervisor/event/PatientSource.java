package dev.fastdeploy.launcher.supervisor.event;

import dev.fastdeploy.contract.Diagnostics;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Passes on events that the service causes, and makes their threads wait while too many are unread:
 * a service that floods its channel would otherwise fill the launcher's 8 MB. Nothing is lost,
 * since the writers to the channel wait as well. Signals and exits bypass this source. Safe for
 * many threads, each of which can add one more event.
 */
public final class PatientSource implements Consumer<SupervisorEvent> {

  /** A message has up to 64 KiB. */
  public static final int MOST_WAITING = 32;

  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private final BlockingQueue<SupervisorEvent> events;
  private final AtomicBoolean said = new AtomicBoolean();

  public PatientSource(BlockingQueue<SupervisorEvent> events) {
    this.events = events;
  }

  @Override
  public void accept(SupervisorEvent event) {
    while (events.size() >= MOST_WAITING) {
      if (said.compareAndSet(false, true)) {
        Diagnostics.say(
            "the service's agent says more than the launcher can look at, and has to wait; if that"
                + " is not fastdeploy's agent, keep it from the socket of FASTDEPLOY_CHANNEL");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    events.add(event);
  }
}
