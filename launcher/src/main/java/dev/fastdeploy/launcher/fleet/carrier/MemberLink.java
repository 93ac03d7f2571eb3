package dev.fastdeploy.launcher.fleet.carrier;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.Result;
import dev.fastdeploy.control.v1.StageRequest;
import dev.fastdeploy.launcher.fleet.CallFailure;
import dev.fastdeploy.launcher.fleet.InstanceClient;
import dev.fastdeploy.launcher.fleet.plan.Ask;
import dev.fastdeploy.launcher.fleet.plan.Cause;
import dev.fastdeploy.launcher.fleet.plan.Report;
import dev.fastdeploy.launcher.fleet.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one member. Its status is watched all the time, so what the planner knows of a
 * member is never older than the connection, and a lost connection is reported. Thread-safe.
 */
final class MemberLink {

  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** The time to wait for an outcome. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long FIRST_BACK_OFF = 200;
  private static final long LONGEST_BACK_OFF = 5_000;

  private final String address;
  private final InstanceClient client;
  private final FleetRequest request;
  private final AttemptIds ids;
  private final StatusReading reading;
  private final Consumer<Report> sink;
  private final ScheduledExecutorService timer;
  private boolean watching;
  private boolean closed;
  private long backOff = FIRST_BACK_OFF;
  private long lastSequence;

  /** The last attempt. If its stream breaks, its end may come as an outcome. */
  private int asked;

  private boolean staging;

  MemberLink(
      String address,
      InstanceClient client,
      FleetRequest request,
      Consumer<Report> sink,
      ScheduledExecutorService timer) {
    this.address = address;
    this.client = client;
    this.request = request;
    this.ids = request.ids();
    this.reading = new StatusReading(request);
    this.sink = sink;
    this.timer = timer;
  }

  String address() {
    return address;
  }

  void perform(Ask ask) {
    watch();
    if (ask instanceof Ask.Status) {
      client.status(ANSWER, single(this::told));
    } else if (ask instanceof Ask.Stage stage) {
      begun(stage.attempt(), true);
      client.stage(
          StageRequest.newBuilder()
              .setCommit(stage.commit().id())
              .setDeployId(ids.of(stage.attempt()))
              .setApp(request.app())
              .setSha256(request.digest(stage.commit()))
              .setEnvironment(request.environment())
              .setEpoch(request.epoch())
              .build(),
          answer(stage.attempt()));
    } else if (ask instanceof Ask.Activate activate) {
      begun(activate.attempt(), false);
      client.activate(deploy(activate.attempt(), activate.commit()), answer(activate.attempt()));
    } else if (ask instanceof Ask.Rollback rollback) {
      begun(rollback.attempt(), false);
      // By the commit: a release that is no longer there is fetched.
      client.deploy(deploy(rollback.attempt(), rollback.commit()), answer(rollback.attempt()));
    } else if (ask instanceof Ask.Cancel cancel) {
      client.cancel(ids.of(cancel.attempt()), ANSWER, single(answered -> {}));
    }
  }

  private synchronized void begun(int attempt, boolean stagesOnly) {
    asked = attempt;
    staging = stagesOnly;
  }

  private DeployRequest deploy(int attempt, Commit commit) {
    return DeployRequest.newBuilder()
        .setCommit(commit.id())
        .setDeployId(ids.of(attempt))
        .setSequence(sequence())
        .setStrategy(request.strategy())
        .setForce(request.force())
        .setApp(request.app())
        .setSha256(request.digest(commit))
        .setEnvironment(request.environment())
        .setEpoch(request.epoch())
        .build();
  }

  /** Returns a sequence above all that the member has seen, whatever this machine's clock says. */
  private synchronized long sequence() {
    return Math.max(request.clock().millis(), lastSequence + 1);
  }

  private InstanceClient.Answer<DeployEvent> answer(int attempt) {
    return new InstanceClient.Answer<>(
        event -> said(attempt, event), failure -> streamEnded(attempt, failure));
  }

  private void said(int attempt, DeployEvent event) {
    switch (event.getEventCase()) {
      case ACCEPTED -> sink.accept(new Report.Said(attempt, Step.ACCEPTED));
      case STAGING -> sink.accept(new Report.Said(attempt, Step.STAGING));
      case PRE_DRAINING -> sink.accept(new Report.Said(attempt, Step.PRE_DRAINING));
      case ACTIVATED -> sink.accept(new Report.Said(attempt, Step.ACTIVATED));
      case DRAINING -> sink.accept(new Report.Said(attempt, Step.DRAINING));
      case RELOADING -> sink.accept(new Report.Said(attempt, Step.RELOADING));
      case OUTCOME -> ended(attempt, event.getOutcome());
      default -> {
        // Shown to people who look at one instance.
      }
    }
  }

  private void ended(int attempt, Outcome outcome) {
    switch (outcome.getResult()) {
      case RESULT_PROVEN -> end(attempt, Report.Result.PROVEN, Cause.APPLICATION, outcome);
      case RESULT_STAGED -> end(attempt, Report.Result.STAGED, Cause.ARTIFACT, outcome);
      case RESULT_ROLLED_BACK ->
          end(attempt, Report.Result.ROLLED_BACK, Cause.APPLICATION, outcome);
      case RESULT_FAILED -> end(attempt, Report.Result.FAILED, causeOf(attempt), outcome);
      case RESULT_REFUSED -> refused(attempt, outcome);
      case RESULT_PENDING -> sink.accept(new Report.Said(attempt, Step.ON_PROBATION));
      default -> {
        // It has no record; its status says how it is doing.
      }
    }
  }

  private void refused(int attempt, Outcome outcome) {
    switch (outcome.getRefusal()) {
      case REFUSAL_BUSY, REFUSAL_ON_PROBATION, REFUSAL_STOPPING ->
          end(attempt, Report.Result.BUSY, Cause.APPLICATION, outcome);
      case REFUSAL_OLDER_EPOCH -> sink.accept(new Report.Fenced(outcome.getReason()));
      case REFUSAL_ALREADY_RUNNING -> alreadyThere(attempt, outcome);
      case REFUSAL_NOT_STAGED, REFUSAL_NO_STORE, REFUSAL_OTHER_CONTENT, REFUSAL_HOME_UNWRITABLE ->
          notBegun(attempt, Cause.ARTIFACT, outcome);
      default -> notBegun(attempt, Cause.APPLICATION, outcome);
    }
  }

  /**
   * Reports that the member runs the commit. Its status says whether the commit is proven there.
   */
  private void alreadyThere(int attempt, Outcome refusal) {
    client.status(
        ANSWER,
        single(
            status -> {
              told(status);
              boolean proven =
                  status.getRunning().equals(refusal.getCommit())
                      && status.getProven().equals(refusal.getCommit())
                      && status.getPending().isEmpty();
              end(
                  attempt,
                  proven ? Report.Result.PROVEN : Report.Result.BUSY,
                  Cause.APPLICATION,
                  refusal);
            }));
  }

  private void notBegun(int attempt, Cause cause, Outcome outcome) {
    sink.accept(
        new Report.Ended(
            attempt, Report.Result.FAILED, cause, outcome.getReason(), List.of(), true));
  }

  private void end(int attempt, Report.Result result, Cause cause, Outcome outcome) {
    boolean good = result == Report.Result.PROVEN || result == Report.Result.STAGED;
    sink.accept(
        new Report.Ended(
            attempt,
            result,
            cause,
            good ? "" : outcome.getReason(),
            good ? List.of() : outcome.getLastLinesList()));
  }

  private synchronized Cause causeOf(int attempt) {
    return staging && attempt == asked ? Cause.ARTIFACT : Cause.APPLICATION;
  }

  private void streamEnded(int attempt, CallFailure failure) {
    switch (failure.kind()) {
      case DENIED -> sink.accept(new Report.Denied(failure.message()));
      case REJECTED ->
          sink.accept(
              new Report.Ended(
                  attempt, Report.Result.FAILED, causeOf(attempt), failure.message(), List.of()));
      case BROKEN -> askOutcome(attempt);
      default -> {
        // The watch reports that the member cannot be reached.
      }
    }
  }

  /**
   * Asks for the outcome: the stream breaks with the process, but the member knows how the attempt
   * ended once it is back.
   */
  private void askOutcome(int attempt) {
    later(
        () -> {
          if (isAsked(attempt)) {
            client.outcome(
                ids.of(attempt),
                PATIENCE,
                ANSWER,
                new InstanceClient.Answer<>(
                    outcome -> {
                      ended(attempt, outcome);
                      if (outcome.getResult() == Result.RESULT_PENDING) {
                        askOutcome(attempt);
                      }
                    },
                    failure -> {
                      // The watch reports a member that is gone, and asks again when it is back.
                    }));
          }
        },
        FIRST_BACK_OFF);
  }

  private synchronized boolean isAsked(int attempt) {
    return attempt == asked && !closed;
  }

  private void watch() {
    synchronized (this) {
      if (watching || closed) {
        return;
      }
      watching = true;
    }
    client.watch(new InstanceClient.Answer<>(this::told, this::watchEnded));
  }

  private void told(InstanceStatus status) {
    synchronized (this) {
      backOff = FIRST_BACK_OFF;
      lastSequence = Math.max(lastSequence, status.getLastSequence());
    }
    // The outcome first: a status tells that an attempt ended, but not why.
    Outcome outcome = outcomeOf(status);
    if (outcome != null) {
      ended(ids.attempt(outcome.getDeployId()), outcome);
    }
    sink.accept(reading.read(status));
  }

  /** Returns how the waiting attempt ended, if the status tells. */
  private synchronized @Nullable Outcome outcomeOf(InstanceStatus status) {
    if (asked == 0 || staging || ids.attempt(status.getActiveDeployId()) == asked) {
      return null;
    }
    for (Outcome outcome : status.getOutcomesList()) {
      if (ids.attempt(outcome.getDeployId()) == asked) {
        return outcome;
      }
    }
    return null;
  }

  /**
   * Returns the receiver for a call with one answer, whose end after that is not a loss of the
   * connection.
   */
  private <T> InstanceClient.Answer<T> single(Consumer<T> value) {
    AtomicBoolean answered = new AtomicBoolean();
    return new InstanceClient.Answer<>(
        answer -> {
          answered.set(true);
          value.accept(answer);
        },
        failure -> {
          if (!answered.get()) {
            unanswered(failure);
          }
        });
  }

  private void unanswered(CallFailure failure) {
    if (failure.kind() == CallFailure.Kind.DENIED) {
      sink.accept(new Report.Denied(failure.message()));
    } else {
      sink.accept(new Report.Lost(failure.message()));
    }
  }

  private void watchEnded(CallFailure failure) {
    long pause;
    synchronized (this) {
      watching = false;
      if (closed) {
        return;
      }
      // A whole fleet that reconnects must not do so at once.
      pause = backOff / 2 + ThreadLocalRandom.current().nextLong(backOff / 2 + 1);
      backOff = Math.min(LONGEST_BACK_OFF, backOff * 2);
    }
    unanswered(failure);
    later(this::watch, pause);
  }

  private void later(Runnable task, long millis) {
    try {
      var unused = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // Nobody waits for it any more.
    }
  }

  void close() {
    synchronized (this) {
      closed = true;
    }
    client.close();
  }
}
