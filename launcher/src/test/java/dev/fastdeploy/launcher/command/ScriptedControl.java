package dev.fastdeploy.launcher.command;

import dev.fastdeploy.control.v1.CancelRequest;
import dev.fastdeploy.control.v1.CancelResponse;
import dev.fastdeploy.control.v1.ControlGrpc;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.GetOutcomeRequest;
import dev.fastdeploy.control.v1.GetStatusRequest;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.Result;
import dev.fastdeploy.control.v1.RollbackRequest;
import dev.fastdeploy.control.v1.StageRequest;
import dev.fastdeploy.control.v1.WatchStatusRequest;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** An instance that answers as a test tells it to, and remembers what it was asked. */
final class ScriptedControl extends ControlGrpc.ControlImplBase {

  final List<DeployRequest> deploys = new CopyOnWriteArrayList<>();
  final List<DeployRequest> activations = new CopyOnWriteArrayList<>();
  final List<RollbackRequest> rollbacks = new CopyOnWriteArrayList<>();
  final List<String> cancelled = new CopyOnWriteArrayList<>();
  volatile CancelResponse cancelling = CancelResponse.getDefaultInstance();
  final List<String> outcomesAsked = new CopyOnWriteArrayList<>();
  final List<Long> waitsAsked = new CopyOnWriteArrayList<>();

  /** How long each client went on listening for an outcome, as seen from here. */
  final List<Long> outcomeDeadlines = new CopyOnWriteArrayList<>();

  final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  volatile InstanceStatus status = InstanceStatus.getDefaultInstance();
  volatile BiConsumer<String, StreamObserver<DeployEvent>> course =
      (deployId, events) -> events.onCompleted();

  /** How staging ends. */
  volatile Outcome staging = Outcome.newBuilder().setResult(Result.RESULT_STAGED).build();

  /** What a deploy, an activation or a rollback goes like. */
  ScriptedControl course(BiConsumer<String, StreamObserver<DeployEvent>> newCourse) {
    course = newCourse;
    return this;
  }

  /** Returns an instance on which each of them is proven at once. */
  static ScriptedControl proving() {
    return new ScriptedControl()
        .course(
            (id, events) -> {
              events.onNext(outcome(id, Outcome.newBuilder().setResult(Result.RESULT_PROVEN)));
              events.onCompleted();
            });
  }

  /** Each answer is given once, the last for ever. */
  ScriptedControl outcomes(Outcome... answers) {
    outcomes.clear();
    outcomes.addAll(List.of(answers));
    return this;
  }

  static DeployEvent.Builder event(String deployId) {
    return DeployEvent.newBuilder().setDeployId(deployId).setCommit("new").setTimeMs(1234);
  }

  static DeployEvent outcome(String deployId, Outcome.Builder outcome) {
    return event(deployId).setOutcome(outcome.setDeployId(deployId).setCommit("new")).build();
  }

  static Outcome answer(Result result) {
    return Outcome.newBuilder().setCommit("new").setFrom("old").setResult(result).build();
  }

  @Override
  public void deploy(DeployRequest request, StreamObserver<DeployEvent> events) {
    deploys.add(request);
    course.accept(request.getDeployId(), events);
  }

  @Override
  public void stage(StageRequest request, StreamObserver<DeployEvent> events) {
    events.onNext(outcome(request.getDeployId(), staging.toBuilder()));
    events.onCompleted();
  }

  @Override
  public void activate(DeployRequest request, StreamObserver<DeployEvent> events) {
    activations.add(request);
    course.accept(request.getDeployId(), events);
  }

  @Override
  public void rollback(RollbackRequest request, StreamObserver<DeployEvent> events) {
    rollbacks.add(request);
    course.accept(request.getDeployId(), events);
  }

  @Override
  public void cancel(CancelRequest request, StreamObserver<CancelResponse> answer) {
    cancelled.add(request.getDeployId());
    answer.onNext(cancelling);
    answer.onCompleted();
  }

  @Override
  public void getOutcome(GetOutcomeRequest request, StreamObserver<Outcome> answer) {
    outcomesAsked.add(request.getDeployId());
    waitsAsked.add(request.getWaitMs());
    outcomeDeadlines.add(Context.current().getDeadline().timeRemaining(TimeUnit.MILLISECONDS));
    Outcome next = outcomes.size() > 1 ? outcomes.poll() : outcomes.peek();
    answer.onNext(next == null ? answer(Result.RESULT_UNKNOWN) : next);
    answer.onCompleted();
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<InstanceStatus> answer) {
    answer.onNext(status);
    answer.onCompleted();
  }

  @Override
  public void watchStatus(WatchStatusRequest request, StreamObserver<InstanceStatus> answer) {
    answer.onNext(status);
  }
}
