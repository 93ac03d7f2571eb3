package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.Refusal;
import dev.fastdeploy.control.v1.Result;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The course of a deploy on one instance, from the first question to the outcome. It has no socket
 * and no clock: it is told what happened and when, and answers with what to do. All times are
 * milliseconds of one monotonic clock. Not thread-safe.
 *
 * <p>The stream breaks when the deploy ends the process that answers it. From then on the instance
 * is asked for the outcome by the deploy's id until it has one.
 */
final class InstanceDeploy {

  /** The time that an instance is asked to wait for the outcome before it answers. */
  private static final long PATIENCE = 5_000;

  /** The pause before the next question if an instance did not wait, as earlier versions do not. */
  private static final long PENDING_PAUSE = 200;

  private static final long FIRST_BACK_OFF = 50;
  private static final long LONGEST_BACK_OFF = 500;

  /**
   * The longest silence of a stream: it is silent while the service drains, but a vanished host
   * stays silent for ever.
   */
  private static final long SILENCE = 10_000;

  private enum State {
    WAITING,
    STREAMING,
    PAUSED,
    ASKING,
    CHECKING,
    ENDED
  }

  private final DeployOrder order;
  private final Target target;
  private final LongSupplier calls;
  private final Consumer<Effect> out;

  private State state = State.WAITING;
  private String commit;
  private String step = "nothing";
  private long streamCall;
  private long askCall;
  private long beganAt;
  private long heardAt;
  private long pausedUntil;
  private long patientUntil;
  private long backOff = FIRST_BACK_OFF;
  private boolean accepted;
  private boolean contacted;
  private boolean connected;
  private boolean retried;
  private boolean pending;
  private boolean processReplaced;
  private @Nullable CallFailure lastFailure;
  private @Nullable InstanceOutcome refusal;
  private @Nullable InstanceOutcome outcome;

  InstanceDeploy(DeployOrder order, Target target, LongSupplier calls, Consumer<Effect> out) {
    this.order = order;
    this.target = target;
    this.calls = calls;
    this.out = out;
    this.commit = order.commitText();
  }

  Target target() {
    return target;
  }

  boolean ended() {
    return state == State.ENDED;
  }

  /**
   * Returns whether the instance ever answered, or may have received the deploy without answering.
   */
  boolean reached() {
    return contacted || connected;
  }

  /** Returns how it ended, or null before that. */
  @Nullable InstanceOutcome outcome() {
    return outcome;
  }

  /** Returns the commit that the instance is to run, or an empty string while that is not known. */
  String commit() {
    return commit;
  }

  /** Asks the instance to start the deploy. */
  void begin(long now) {
    beganAt = now;
    tell(new FleetEvent.Begun(at(now)));
    openStream(now);
  }

  /**
   * Returns the latest time at which {@link #tick} must be called; empty if there is nothing to
   * wait for.
   */
  OptionalLong wakeAt() {
    if (state == State.WAITING || state == State.ENDED) {
      return OptionalLong.empty();
    }
    long at = deadline();
    if (!contacted) {
      at = Math.min(at, connectDeadline());
    }
    if (state == State.PAUSED) {
      at = Math.min(at, pausedUntil);
    } else if (state == State.STREAMING && askCall == 0) {
      at = Math.min(at, heardAt + SILENCE);
    }
    return OptionalLong.of(at);
  }

  /** Takes note that time has passed. */
  void tick(long now) {
    if (state == State.WAITING || state == State.ENDED) {
      return;
    }
    if (!contacted && now >= Math.min(connectDeadline(), deadline())) {
      end(now, unreached());
    } else if (now >= deadline()) {
      end(now, late());
    } else if (state == State.PAUSED && now >= pausedUntil) {
      state = State.ASKING;
      askOutcome(now, PATIENCE);
    } else if (state == State.STREAMING && askCall == 0 && now >= heardAt + SILENCE) {
      askOutcome(now, 0);
    }
  }

  /** Takes a report about a call. */
  void on(CallReport report, long now) {
    if (report instanceof CallReport.Connected) {
      connected |= state != State.ENDED;
    } else if (report instanceof CallReport.Said said && said.call() == streamCall) {
      onSaid(said.event(), now);
    } else if (report instanceof CallReport.StreamEnded ended && ended.call() == streamCall) {
      onLost(ended.failure(), now);
    } else if (report.call() == askCall) {
      askCall = 0;
      onAnswer(report, now);
    }
  }

  private void onAnswer(CallReport report, long now) {
    if (report instanceof CallReport.Answered answered) {
      heard(now);
      boolean streamKnowsMore = state == State.STREAMING && !isFinal(answered.outcome());
      if (!streamKnowsMore) {
        settle(answered.outcome(), now);
      }
    } else if (report instanceof CallReport.Described described) {
      heard(now);
      end(now, checked(described.status()));
    } else if (report instanceof CallReport.AskFailed failed) {
      onLost(failed.failure(), now);
    }
  }

  private void onSaid(DeployEvent event, long now) {
    heard(now);
    learnCommit(event.getCommit());
    FleetEvent.At at = at(event.getTimeMs() > 0 ? event.getTimeMs() : now);
    switch (event.getEventCase()) {
      case ACCEPTED -> {
        accepted = true;
        step = "accepted";
        tell(
            new FleetEvent.Accepted(
                at, event.getAccepted().getRunning(), event.getAccepted().getStrategy()));
      }
      case STAGING -> {
        step = "staging";
        tell(
            new FleetEvent.Staging(
                at, event.getStaging().getBytesDone(), event.getStaging().getBytesTotal()));
      }
      case STAGED -> {
        step = "staged";
        tell(
            new FleetEvent.Staged(
                at, event.getStaged().getAlreadyThere(), event.getStaged().getSha256()));
      }
      case PRE_DRAINING -> {
        step = "pre-draining";
        tell(new FleetEvent.PreDraining(at, event.getPreDraining().getUntilMs()));
      }
      case ACTIVATED -> {
        step = "activated";
        tell(new FleetEvent.Activated(at, event.getActivated().getFrom()));
      }
      case DRAINING -> {
        step = "draining";
        tell(new FleetEvent.Draining(at, event.getDraining().getDeadlineMs()));
      }
      case RELOADING -> {
        step = "reloading";
        processReplaced = event.getReloading().getProcessEnds();
        tell(new FleetEvent.Reloading(at, event.getReloading().getStrategy()));
      }
      case CHOSEN ->
          tell(
              new FleetEvent.Chosen(
                  at, event.getChosen().getStrategy(), event.getChosen().getBecause()));
      case NOTED -> tell(new FleetEvent.Noted(at, event.getNoted().getLine()));
      case LOADERS -> tell(new FleetEvent.Loaders(at, OldLoadersView.of(event.getLoaders())));
      case OUTCOME -> settle(event.getOutcome(), now);
      case EVENT_NOT_SET -> {
        // Sent by a newer agent.
      }
    }
  }

  private static boolean isFinal(Outcome answer) {
    return switch (answer.getResult()) {
      case RESULT_PROVEN, RESULT_ROLLED_BACK, RESULT_FAILED, RESULT_REFUSED -> true;
      default -> false;
    };
  }

  private void settle(Outcome answer, long now) {
    if (answer.getResult() != Result.RESULT_REFUSED && ofAnotherCommit(answer)) {
      end(
          now,
          InstanceOutcome.without(
              InstanceOutcome.Result.FAILED,
              "the deploy id '"
                  + order.id()
                  + "' already belongs to a deploy of '"
                  + answer.getCommit()
                  + "' on this instance; choose another id"));
      return;
    }
    learnCommit(answer.getCommit());
    switch (answer.getResult()) {
      case RESULT_PROVEN -> end(now, answer, InstanceOutcome.Result.PROVEN);
      case RESULT_ROLLED_BACK -> end(now, answer, InstanceOutcome.Result.ROLLED_BACK);
      case RESULT_FAILED -> end(now, answer, InstanceOutcome.Result.FAILED);
      case RESULT_REFUSED -> refused(answer, now);
      case RESULT_PENDING -> waitForVerdict(now);
      default -> unknownThere(now);
    }
  }

  /** An agent that knows the id already reports that deploy, whatever it is asked for now. */
  private boolean ofAnotherCommit(Outcome answer) {
    return order.commit() != null
        && !answer.getCommit().isEmpty()
        && !answer.getCommit().equals(order.commitText());
  }

  /** Only the instance knows which commit a rollback leads to; otherwise the order names it. */
  private void learnCommit(String told) {
    if (order.commit() == null && !told.isEmpty()) {
      commit = told;
    }
  }

  private void refused(Outcome answer, long now) {
    InstanceOutcome said = Outcomes.translated(answer, InstanceOutcome.Result.REFUSED);
    boolean mayBeThere =
        answer.getRefusal() == Refusal.REFUSAL_ALREADY_RUNNING
            && order.operation() != DeployOrder.Operation.ROLLBACK;
    if (!mayBeThere) {
      end(now, said);
      return;
    }
    refusal = said;
    streamCall = 0;
    state = State.CHECKING;
    askCall = calls.getAsLong();
    out.accept(new Effect.AskStatus(target, askCall));
  }

  /** The commit runs already: that is a success only if it is also proven. */
  private InstanceOutcome checked(InstanceStatus status) {
    boolean there =
        status.getRunning().equals(commit)
            && status.getProven().equals(commit)
            && status.getPending().isEmpty();
    return there
        ? InstanceOutcome.without(InstanceOutcome.Result.PROVEN, "already there")
        : refusedBefore();
  }

  private InstanceOutcome refusedBefore() {
    return refusal == null
        ? InstanceOutcome.without(InstanceOutcome.Result.REFUSED, "refused")
        : refusal;
  }

  private void waitForVerdict(long now) {
    accepted = true;
    step = "on probation";
    streamCall = 0;
    if (!pending) {
      pending = true;
      tell(new FleetEvent.OnProbation(at(now)));
    }
    pauseUntil(Math.min(Math.max(now, patientUntil), now + PENDING_PAUSE));
  }

  /**
   * The instance has no record. If it never accepted the deploy, the request may have been lost.
   * The same id and sequence cannot deploy twice, so it is asked once more.
   */
  private void unknownThere(long now) {
    if (!accepted && !retried) {
      retried = true;
      openStream(now);
      return;
    }
    end(
        now,
        InstanceOutcome.without(
            InstanceOutcome.Result.FAILED,
            "the instance has no record of the deploy (last seen: "
                + step
                + "); see what it runs with 'fastdeploy status --target "
                + target.name()
                + "' and deploy again"));
  }

  private void onLost(CallFailure failure, long now) {
    boolean hopeless =
        failure.answered() || (failure.kind() != CallFailure.Kind.BROKEN && !contacted);
    if (state == State.CHECKING) {
      end(now, refusedBefore());
    } else if (hopeless) {
      contacted |= failure.answered();
      end(
          now,
          InstanceOutcome.without(
              contacted ? InstanceOutcome.Result.FAILED : InstanceOutcome.Result.UNREACHABLE,
              failure.message()));
    } else {
      reconnectLater(failure, now);
    }
  }

  private void reconnectLater(CallFailure failure, long now) {
    boolean wasConnected = lastFailure == null;
    lastFailure = failure;
    streamCall = 0;
    askCall = 0;
    out.accept(new Effect.Disconnect(target));
    if (contacted && wasConnected) {
      tell(new FleetEvent.Reconnecting(at(now), failure.message(), processReplaced));
    }
    pauseUntil(now + backOff);
    backOff = Math.min(LONGEST_BACK_OFF, backOff * 2);
  }

  private void heard(long now) {
    contacted = true;
    heardAt = now;
    lastFailure = null;
    backOff = FIRST_BACK_OFF;
  }

  private void openStream(long now) {
    state = State.STREAMING;
    heardAt = now;
    streamCall = calls.getAsLong();
    out.accept(new Effect.OpenStream(target, streamCall));
  }

  private void askOutcome(long now, long patience) {
    askCall = calls.getAsLong();
    patientUntil = now + patience;
    out.accept(new Effect.AskOutcome(target, askCall, Duration.ofMillis(patience)));
  }

  private void pauseUntil(long time) {
    state = State.PAUSED;
    pausedUntil = time;
  }

  private InstanceOutcome unreached() {
    CallFailure failure = lastFailure;
    Duration waited =
        order.timeout().compareTo(order.connectTimeout()) < 0
            ? order.timeout()
            : order.connectTimeout();
    return InstanceOutcome.without(
        InstanceOutcome.Result.UNREACHABLE,
        "no answer within "
            + Durations.text(waited)
            + (failure == null ? "" : ": " + failure.message())
            + (connected
                ? "; it may have started the deploy: look with 'fastdeploy status --target "
                    + target.name()
                    + "'"
                : "; check the address, and that the instance runs with the agent"));
  }

  private InstanceOutcome late() {
    CallFailure failure = lastFailure;
    Duration timeout = order.timeout();
    if (failure != null) {
      return InstanceOutcome.without(
          InstanceOutcome.Result.UNREACHABLE,
          "it did not come back within "
              + Durations.text(timeout)
              + ": "
              + failure.message()
              + " (last seen: "
              + step
              + ")");
    }
    return InstanceOutcome.without(
        InstanceOutcome.Result.FAILED,
        "no outcome within "
            + Durations.text(timeout)
            + " (last seen: "
            + step
            + "); it goes on by itself: look with 'fastdeploy status --target "
            + target.name()
            + "'");
  }

  private void end(long now, Outcome answer, InstanceOutcome.Result result) {
    end(now, Outcomes.translated(answer, result));
  }

  private void end(long now, InstanceOutcome how) {
    state = State.ENDED;
    outcome = how;
    streamCall = 0;
    askCall = 0;
    out.accept(new Effect.Disconnect(target));
    tell(new FleetEvent.Ended(at(now), how));
  }

  private long deadline() {
    return beganAt + order.timeout().toMillis();
  }

  private long connectDeadline() {
    return beganAt + order.connectTimeout().toMillis();
  }

  private FleetEvent.At at(long timeMillis) {
    DeployId id = order.id();
    return new FleetEvent.At(target, id, commit, timeMillis);
  }

  private void tell(FleetEvent event) {
    out.accept(new Effect.Tell(event));
  }
}
