package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.deploy.DeployReport;
import dev.fastdeploy.agent.deploy.Instance;
import dev.fastdeploy.agent.deploy.InstanceRequest;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.Result;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who waits is answered once, by the end of the deploy or of its time. */
class OutcomeWaitsTest {

  private static final DeployId D1 = new DeployId("d1");
  private static final DeployId UNKNOWN = new DeployId("d0");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Instance instance = new Instance();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Ring> rings = new ArrayList<>();
  private boolean unreadable;
  private final OutcomeWaits waits =
      new OutcomeWaits(
          this::outcome,
          tasks::add,
          (delay, task) -> {
            Ring ring = new Ring(delay, task);
            rings.add(ring);
            return () -> ring.off = true;
          });

  OutcomeWaitsTest() {
    instance.deployer().watch(waits::changed);
  }

  @Test
  void whatIsFinalOrUnknownIsAnsweredAtOnce() {
    stage();
    instance.work();

    assertThat(asked(D1, LONG).results()).containsExactly(Result.RESULT_STAGED);
    assertThat(asked(UNKNOWN, LONG).results()).containsExactly(Result.RESULT_UNKNOWN);
    assertThat(rings).isEmpty();
  }

  @Test
  void whoDoesNotWaitIsAnsweredAtOnce() {
    stage();

    assertThat(asked(D1, Duration.ZERO).results()).containsExactly(Result.RESULT_PENDING);
    assertThat(waits.waiting()).isZero();
  }

  @Test
  void theEndIsToldToAllWhoWait() {
    stage();
    Asked one = asked(D1, LONG);
    Asked another = asked(D1, LONG);
    assertThat(one.results()).isEmpty();

    instance.work();
    runTasks();

    assertThat(one.results()).containsExactly(Result.RESULT_STAGED);
    assertThat(another.results()).containsExactly(Result.RESULT_STAGED);
    assertThat(one.completed).isTrue();
    assertThat(waits.waiting()).isZero();
    assertThat(rings).allMatch(ring -> ring.off);
    rings.forEach(ring -> ring.task.run());
    runTasks();
    assertThat(one.results()).hasSize(1);
  }

  @Test
  void whatTheLauncherRecordsIsToldByTheNextProcess() throws IOException {
    Commit running = new Commit("running");
    instance
        .home()
        .change(
            state ->
                state.withPending(
                    new PendingActivation(D1, 5, null, running, "process", false, Map.of())));
    Asked one = asked(D1, LONG);
    assertThat(one.results()).isEmpty();

    instance.home().change(state -> state.withPendingProven(9));
    instance.deployer().stateChanged();
    runTasks();

    assertThat(one.results()).containsExactly(Result.RESULT_PROVEN);
  }

  @Test
  void aChangeThatEndsNothingIsNoAnswer() {
    stage();
    Asked one = asked(D1, LONG);

    instance.deployer().readinessChanged();
    runTasks();

    assertThat(one.results()).isEmpty();
    assertThat(waits.waiting()).isEqualTo(1);
  }

  @Test
  void whoseTimeIsOverHearsThatItIsUnderWay() {
    stage();
    Asked one = asked(D1, LONG);

    rings.get(0).task.run();
    assertThat(one.results()).as("on the thread of the connections").isEmpty();
    runTasks();

    assertThat(one.results()).containsExactly(Result.RESULT_PENDING);
    instance.work();
    runTasks();
    assertThat(one.results()).hasSize(1);
  }

  @Test
  void nobodyWaitsLongerThanAMinute() {
    stage();
    asked(D1, Duration.ofHours(9));
    asked(D1, LONG);

    assertThat(rings).extracting(ring -> ring.delay).containsExactly(OutcomeWaits.LONGEST, LONG);
  }

  @Test
  void whoHasGoneIsForgotten() {
    stage();
    Asked gone = asked(D1, LONG);

    gone.cancel();

    assertThat(waits.waiting()).isZero();
    assertThat(rings).allMatch(ring -> ring.off);
    instance.work();
    runTasks();
    assertThat(gone.results()).isEmpty();
  }

  @Test
  void whereManyWaitTheNextIsAnsweredAtOnce() {
    stage();
    List<Asked> all = IntStream.range(0, OutcomeWaits.MOST).mapToObj(i -> asked(D1, LONG)).toList();
    assertThat(all).allMatch(one -> one.results().isEmpty());

    assertThat(asked(D1, LONG).results()).containsExactly(Result.RESULT_PENDING);

    all.get(0).cancel();
    assertThat(asked(D1, LONG).results()).as("there is room again").isEmpty();
  }

  @Test
  void anEndWhileTheWaitBeginsIsNotMissed() {
    stage();
    OutcomeWaits late =
        new OutcomeWaits(
            this::outcome,
            tasks::add,
            (delay, task) -> {
              instance.work();
              return () -> {};
            });
    Asked one = new Asked();

    late.answer(D1, LONG, one);

    assertThat(one.results()).containsExactly(Result.RESULT_STAGED);
    assertThat(late.waiting()).isZero();
  }

  @Test
  void aHomeThatCannotBeReadIsToldWhenTheTimeIsOver() {
    stage();
    Asked one = asked(D1, LONG);
    unreadable = true;

    instance.deployer().readinessChanged();
    runTasks();
    assertThat(one.failure).isNull();
    rings.get(0).task.run();
    runTasks();

    assertThat(Status.fromThrowable(one.failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(one.failure).hasMessageContaining("the disk is gone");
    assertThat(asked(D1, LONG).failure).hasMessageContaining("the disk is gone");
  }

  private DeployReport outcome(DeployId id) throws IOException {
    if (unreadable) {
      throw new IOException("the disk is gone");
    }
    return instance.deployer().outcome(id);
  }

  private void stage() {
    instance.deployer().submit(new InstanceRequest.Stage(D1, new Commit("next")), notice -> {});
    runTasks();
  }

  private Asked asked(DeployId id, Duration patience) {
    Asked asked = new Asked();
    waits.answer(id, patience, asked);
    return asked;
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private static final class Ring {
    private final Duration delay;
    private final Runnable task;
    private boolean off;

    Ring(Duration delay, Runnable task) {
      this.delay = delay;
      this.task = task;
    }
  }

  private static final class Asked extends ServerCallStreamObserver<Outcome> {

    private final List<Outcome> outcomes = new ArrayList<>();
    private boolean completed;
    private @Nullable Throwable failure;
    private Runnable onCancel = () -> {};

    List<Result> results() {
      return outcomes.stream().map(Outcome::getResult).toList();
    }

    void cancel() {
      onCancel.run();
    }

    @Override
    public void onNext(Outcome outcome) {
      outcomes.add(outcome);
    }

    @Override
    public void onError(Throwable cause) {
      failure = cause;
    }

    @Override
    public void onCompleted() {
      completed = true;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      onCancel = handler;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}
  }
}
