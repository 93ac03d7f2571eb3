package dev.fastdeploy.agent.control;

import dev.fastdeploy.agent.deploy.DeployReport;
import dev.fastdeploy.agent.deploy.ReportedResult;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.control.v1.Outcome;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reports how deploys end, and lets clients wait until they do. A client that waits holds no
 * thread. Whoever removes its call from the set answers it. Thread-safe.
 */
final class OutcomeWaits {

  /** The longest wait. A longer one is cut to this, and the client asks again. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** The most clients that may wait. Any more are answered at once. */
  static final int MOST = 64;

  private final Outcomes outcomes;
  private final Executor executor;
  private final Alarm alarm;
  private final Set<Waiter> waiters = new LinkedHashSet<>();
  private final AtomicBoolean due = new AtomicBoolean();

  /** The state or result of a deploy; see {@link dev.fastdeploy.agent.deploy.Deployer#outcome}. */
  interface Outcomes {
    DeployReport of(DeployId id) throws IOException;
  }

  /**
   * @param executor runs work that reads the home
   */
  OutcomeWaits(Outcomes outcomes, Executor executor, Alarm alarm) {
    this.outcomes = outcomes;
    this.executor = executor;
    this.alarm = alarm;
  }

  /**
   * Answers a call once its deploy has ended or the time is up.
   *
   * @param patience longest wait; zero to answer at once
   */
  void answer(DeployId id, Duration patience, ServerCallStreamObserver<Outcome> client) {
    Waiter waiter = new Waiter(id, client);
    try {
      DeployReport now = outcomes.of(id);
      if (isFinal(now) || patience.isZero() || !add(waiter)) {
        waiter.tell(now);
        return;
      }
    } catch (IOException unreadable) {
      waiter.fail(unreadable);
      return;
    }
    client.setOnCancelHandler(() -> take(waiter));
    waiter.wakenBy(alarm.in(shorter(patience, LONGEST), () -> timeIsOver(waiter)));
    // The deploy may have ended before the waiter was added.
    lookFor(List.of(waiter));
  }

  /** Looks for deploys that have ended, on the executor. */
  void changed() {
    if (anybodyWaits() && due.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            due.set(false);
            lookFor(all());
          });
    }
  }

  /** Returns the number of clients that wait. */
  synchronized int waiting() {
    return waiters.size();
  }

  private void lookFor(List<Waiter> those) {
    Map<DeployId, DeployReport> known = new HashMap<>();
    for (Waiter waiter : those) {
      try {
        DeployReport now = known.get(waiter.id);
        if (now == null) {
          now = outcomes.of(waiter.id);
          known.put(waiter.id, now);
        }
        if (isFinal(now) && take(waiter)) {
          waiter.tell(now);
        }
      } catch (IOException unreadable) {
        // It may be readable next time. If not, the last attempt, when the time is up, reports it.
      }
    }
  }

  /** Called by the thread of the connections, which must not read files. */
  private void timeIsOver(Waiter waiter) {
    if (take(waiter)) {
      executor.execute(
          () -> {
            try {
              waiter.tell(outcomes.of(waiter.id));
            } catch (IOException unreadable) {
              waiter.fail(unreadable);
            }
          });
    }
  }

  private static boolean isFinal(DeployReport report) {
    return report.result() != ReportedResult.PENDING;
  }

  private synchronized boolean add(Waiter waiter) {
    return waiters.size() < MOST && waiters.add(waiter);
  }

  /**
   * Removes a waiter and returns true if it was still waiting. The caller must then answer it,
   * unless the client has gone.
   */
  private boolean take(Waiter waiter) {
    synchronized (this) {
      if (!waiters.remove(waiter)) {
        return false;
      }
    }
    waiter.sleepOn();
    return true;
  }

  private synchronized boolean anybodyWaits() {
    return !waiters.isEmpty();
  }

  private synchronized List<Waiter> all() {
    return List.copyOf(waiters);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static final class Waiter {

    private final DeployId id;
    private final ServerCallStreamObserver<Outcome> client;
    private @Nullable Runnable alarmOff;
    private boolean done;

    Waiter(DeployId id, ServerCallStreamObserver<Outcome> client) {
      this.id = id;
      this.client = client;
    }

    void tell(DeployReport report) {
      client.onNext(Messages.outcome(report));
      client.onCompleted();
    }

    void fail(IOException unreadable) {
      client.onError(
          Status.UNAVAILABLE.withDescription(Diagnostics.reason(unreadable)).asRuntimeException());
    }

    synchronized void wakenBy(Runnable turnsOff) {
      alarmOff = turnsOff;
      if (done) {
        turnsOff.run();
      }
    }

    synchronized void sleepOn() {
      done = true;
      if (alarmOff != null) {
        alarmOff.run();
      }
    }
  }
}
