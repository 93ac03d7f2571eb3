package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.CancelRequest;
import dev.fastdeploy.control.v1.CancelResponse;
import dev.fastdeploy.control.v1.ControlGrpc;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.GetOutcomeRequest;
import dev.fastdeploy.control.v1.GetStatusRequest;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.RollbackRequest;
import dev.fastdeploy.control.v1.StageRequest;
import dev.fastdeploy.control.v1.WatchStatusRequest;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.io.Closeable;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A connection to one instance. Calls return at once; answers come on a thread of the connection,
 * which must not be blocked. Thread-safe.
 */
public final class InstanceClient implements Closeable {

  private final Runnable closing;
  private final Target target;
  private final Credentials credentials;
  private final ControlGrpc.ControlStub stub;

  /**
   * @param closing ends the channel
   */
  InstanceClient(
      ManagedChannel channel,
      Runnable closing,
      Target target,
      Credentials credentials,
      CallCredentials bearer) {
    this.closing = closing;
    this.target = target;
    this.credentials = credentials;
    this.stub = ControlGrpc.newStub(channel).withCallCredentials(bearer);
  }

  /** Asks the instance to start the deploy. The stream ends with an outcome, or breaks. */
  void begin(DeployOrder order, Answer<DeployEvent> answer) {
    StreamObserver<DeployEvent> observer = observer(answer);
    switch (order.operation()) {
      case DEPLOY -> stub.deploy(request(order), observer);
      case ACTIVATE -> stub.activate(request(order), observer);
      case ROLLBACK ->
          stub.rollback(
              RollbackRequest.newBuilder()
                  .setDeployId(order.id().id())
                  .setSequence(order.sequence())
                  .setStrategy(Objects.requireNonNullElse(order.strategy(), ""))
                  .build(),
              observer);
    }
  }

  /** Asks the instance to stage, activate and run a release; the stream ends with an outcome. */
  public void deploy(DeployRequest request, Answer<DeployEvent> answer) {
    stub.deploy(request, observer(answer));
  }

  /** Asks the instance to activate and run a staged release; the stream ends with an outcome. */
  public void activate(DeployRequest request, Answer<DeployEvent> answer) {
    stub.activate(request, observer(answer));
  }

  /** Asks the instance to stage a release; the stream ends with an outcome. */
  public void stage(StageRequest request, Answer<DeployEvent> answer) {
    stub.stage(request, observer(answer));
  }

  private static DeployRequest request(DeployOrder order) {
    return DeployRequest.newBuilder()
        .setCommit(order.commitText())
        .setDeployId(order.id().id())
        .setSequence(order.sequence())
        .setStrategy(Objects.requireNonNullElse(order.strategy(), ""))
        .setForce(order.force())
        .setApp(order.app())
        .setEnvironment(order.environment())
        .setSha256(order.sha256())
        .build();
  }

  /**
   * Asks how a deploy ended.
   *
   * @param patience how long the instance may wait for the end; an earlier version does not wait
   * @param deadline time for the answer after that
   */
  public void outcome(
      String deployId, Duration patience, Duration deadline, Answer<Outcome> answer) {
    within(patience.plus(deadline))
        .getOutcome(
            GetOutcomeRequest.newBuilder()
                .setDeployId(deployId)
                .setWaitMs(patience.toMillis())
                .build(),
            observer(answer));
  }

  /**
   * Asks the instance to cancel a deploy that has not activated anything.
   *
   * @param deployId the deploy to cancel, or empty for the one under way
   */
  public void cancel(String deployId, Duration deadline, Answer<CancelResponse> answer) {
    within(deadline)
        .cancel(CancelRequest.newBuilder().setDeployId(deployId).build(), observer(answer));
  }

  /** Asks the instance what it runs. */
  public void status(Duration deadline, Answer<InstanceStatus> answer) {
    within(deadline).getStatus(GetStatusRequest.getDefaultInstance(), observer(answer));
  }

  /** Asks the instance what it runs, now and after each change, until the connection is closed. */
  public void watch(Answer<InstanceStatus> answer) {
    stub.watchStatus(WatchStatusRequest.getDefaultInstance(), observer(answer));
  }

  /** Returns the instance at the other end. */
  Target target() {
    return target;
  }

  /** Ends everything under way on the connection, at once. */
  @Override
  public void close() {
    closing.run();
  }

  private ControlGrpc.ControlStub within(Duration deadline) {
    return stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The receiver of answers.
   *
   * @param value takes each message
   * @param end takes the reason why no more will come, also when the call ended well
   */
  public record Answer<T>(Consumer<T> value, Consumer<CallFailure> end) {}

  private <T> StreamObserver<T> observer(Answer<T> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        answer.value().accept(value);
      }

      @Override
      public void onError(Throwable failure) {
        answer.end().accept(CallFailure.of(failure, credentials));
      }

      @Override
      public void onCompleted() {
        answer
            .end()
            .accept(new CallFailure(CallFailure.Kind.BROKEN, "the instance ended the call"));
      }
    };
  }
}
