package dev.fastdeploy.launcher.fleet.record;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.Order;
import dev.fastdeploy.launcher.fleet.plan.Summary;
import dev.fastdeploy.launcher.fleet.run.FleetRun;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes an owner's journal and reads people's orders, on a thread of its own, so that a store that
 * does not answer affects a deploy only through the planner's decision. Thread-safe.
 */
public final class JournalThread implements FleetRun.Journal {

  private static final Duration ORDERS = Duration.ofSeconds(2);

  /** The end is the one entry that nobody repeats. */
  private static final int MOST_ENDS = 5;

  private static final Duration BETWEEN_ENDS = Duration.ofSeconds(1);

  private final EnvironmentRecord record;
  private final Epoch epoch;
  private final String owner;
  private final Clock clock;
  private final Consumer<Input> sink;
  private final Set<String> taken = new HashSet<>();
  private final ScheduledExecutorService thread;

  /**
   * @param sink takes the results
   */
  public JournalThread(
      EnvironmentRecord record, Epoch epoch, String owner, Clock clock, Consumer<Input> sink) {
    this.record = record;
    this.epoch = epoch;
    this.owner = owner;
    this.clock = clock;
    this.sink = sink;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "fastdeploy-record");
              made.setDaemon(true);
              return made;
            });
    var unused =
        thread.scheduleWithFixedDelay(this::orders, 0, ORDERS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Puts a segment into the journal. The result is reported later. */
  @Override
  public void append(Action.Append append) {
    thread.execute(
        () -> {
          try {
            boolean ours = record.append(epoch.number(), append.segment(), owner, append.entries());
            sink.accept(
                ours
                    ? new Input.Appended(append.segment())
                    : new Input.LeaseLost(
                        "somebody else has taken over the deploy; see 'fastdeploy history'"));
          } catch (IOException | RuntimeException failure) {
            sink.accept(new Input.AppendFailed(append.segment(), Diagnostics.reason(failure)));
          }
        });
  }

  private void orders() {
    try {
      for (Order order : record.orders(epoch.number())) {
        if (taken.add(order.id())) {
          sink.accept(new Input.Ordered(order));
        }
      }
    } catch (IOException | RuntimeException later) {
      // The orders are read again; the journal reports that the store is not reachable.
    }
  }

  /**
   * Records how the deploy ended. Called once, after the last segment.
   *
   * @return whether that is in the record; if not, somebody else has the epoch
   */
  @Override
  public boolean end(Summary summary) throws IOException, InterruptedException {
    // The same words each time: they may be in the record already, with only the answer lost.
    Instant at = clock.instant();
    for (int attempt = 1; ; attempt++) {
      try {
        return thread.submit(() -> record.end(epoch.number(), owner, at, summary)).get();
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof IOException failure)) {
          throw new IllegalStateException(failed.getCause());
        }
        if (attempt == MOST_ENDS) {
          throw failure;
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_ENDS.toMillis());
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
