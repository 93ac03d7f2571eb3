package dev.fastdeploy.agent.control;

import dev.fastdeploy.agent.deploy.Cancelling;
import dev.fastdeploy.agent.deploy.Decision;
import dev.fastdeploy.agent.deploy.Deployer;
import dev.fastdeploy.agent.deploy.ExpectedRelease;
import dev.fastdeploy.agent.deploy.FleetEpoch;
import dev.fastdeploy.agent.deploy.InstanceRequest;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Diagnostics;
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
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Maps the control protocol to the deployment. */
final class ControlService extends ControlGrpc.ControlImplBase {

  private final Deployer deployer;
  private final InstanceFacts facts;
  private final StatusFeed feed;
  private final OutcomeWaits waits;

  /**
   * @param executor runs work that reads the home, apart from the calls
   * @param alarm ends waits
   */
  ControlService(Deployer deployer, InstanceFacts facts, Executor executor, Alarm alarm) {
    this.deployer = deployer;
    this.facts = facts;
    this.feed = new StatusFeed(this::status, executor);
    this.waits = new OutcomeWaits(deployer::outcome, executor, alarm);
    deployer.watch(feed::changed);
    deployer.watch(waits::changed);
  }

  @Override
  public void deploy(DeployRequest request, StreamObserver<DeployEvent> client) {
    CallAudit.current().concerns(request.getDeployId(), request.getCommit());
    submit(
        client,
        () ->
            new InstanceRequest.Deploy(
                new DeployId(request.getDeployId()),
                positive(request.getSequence()),
                new Commit(request.getCommit()),
                new ExpectedRelease(request.getApp(), request.getSha256()),
                FleetEpoch.of(request.getApp(), request.getEnvironment(), request.getEpoch()),
                request.getStrategy(),
                request.getForce()));
  }

  @Override
  public void stage(StageRequest request, StreamObserver<DeployEvent> client) {
    CallAudit.current().concerns(request.getDeployId(), request.getCommit());
    submit(
        client,
        () ->
            new InstanceRequest.Stage(
                new DeployId(request.getDeployId()),
                new Commit(request.getCommit()),
                new ExpectedRelease(request.getApp(), request.getSha256()),
                FleetEpoch.of(request.getApp(), request.getEnvironment(), request.getEpoch())));
  }

  @Override
  public void activate(DeployRequest request, StreamObserver<DeployEvent> client) {
    CallAudit.current().concerns(request.getDeployId(), request.getCommit());
    submit(
        client,
        () ->
            new InstanceRequest.Activate(
                new DeployId(request.getDeployId()),
                positive(request.getSequence()),
                new Commit(request.getCommit()),
                new ExpectedRelease(request.getApp(), request.getSha256()),
                FleetEpoch.of(request.getApp(), request.getEnvironment(), request.getEpoch()),
                request.getStrategy(),
                request.getForce()));
  }

  @Override
  public void rollback(RollbackRequest request, StreamObserver<DeployEvent> client) {
    CallAudit.current().concerns(request.getDeployId(), "");
    submit(
        client,
        () ->
            new InstanceRequest.Rollback(
                new DeployId(request.getDeployId()),
                positive(request.getSequence()),
                request.getStrategy()));
  }

  @Override
  public void cancel(CancelRequest request, StreamObserver<CancelResponse> client) {
    CallAudit audit = CallAudit.current();
    audit.concerns(request.getDeployId(), "");
    Cancelling answer;
    try {
      String id = request.getDeployId();
      answer = deployer.cancel(id.isEmpty() ? null : new DeployId(id), audit.identity());
    } catch (IllegalArgumentException invalid) {
      reject(client, invalid);
      return;
    } catch (IOException unreadable) {
      client.onError(
          Status.UNAVAILABLE.withDescription(Diagnostics.reason(unreadable)).asRuntimeException());
      return;
    }
    if (answer.id() != null && answer.commit() != null) {
      audit.concerns(answer.id().id(), answer.commit().id());
    }
    if (answer.result() == Cancelling.Result.ENDING) {
      audit.accepted();
    } else {
      audit.decided("refused:" + answer.result());
    }
    client.onNext(Messages.cancelling(answer));
    client.onCompleted();
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<InstanceStatus> client) {
    CallAudit.current().readAllowed();
    client.onNext(status());
    client.onCompleted();
  }

  @Override
  public void watchStatus(WatchStatusRequest request, StreamObserver<InstanceStatus> client) {
    CallAudit.current().readAllowed();
    feed.add((ServerCallStreamObserver<InstanceStatus>) client);
  }

  @Override
  public void getOutcome(GetOutcomeRequest request, StreamObserver<Outcome> client) {
    CallAudit audit = CallAudit.current();
    audit.concerns(request.getDeployId(), "");
    DeployId id;
    Duration patience;
    try {
      id = new DeployId(request.getDeployId());
      patience = patience(request.getWaitMs());
    } catch (IllegalArgumentException invalid) {
      reject(client, invalid);
      return;
    }
    audit.readAllowed();
    waits.answer(id, patience, (ServerCallStreamObserver<Outcome>) client);
  }

  private static Duration patience(long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException(
          "the wait of " + millis + " ms is below 0; omit it to be answered at once");
    }
    return Duration.ofMillis(millis);
  }

  private void submit(StreamObserver<DeployEvent> client, Supplier<InstanceRequest> given) {
    InstanceRequest request;
    try {
      request = given.get();
    } catch (IllegalArgumentException invalid) {
      reject(client, invalid);
      return;
    }
    CallAudit audit = CallAudit.current();
    Decision decision =
        deployer.submit(request, new EventStream((ServerCallStreamObserver<DeployEvent>) client));
    if (decision instanceof Decision.Refused refused) {
      audit.decided("refused:" + refused.refusal());
    } else if (decision instanceof Decision.Known known) {
      audit.decided("known:" + known.result());
    } else {
      audit.accepted();
    }
  }

  private static void reject(StreamObserver<?> client, IllegalArgumentException invalid) {
    CallAudit.current().refused("invalid");
    client.onError(
        Status.INVALID_ARGUMENT.withDescription(Diagnostics.reason(invalid)).asRuntimeException());
  }

  private static long positive(long sequence) {
    if (sequence <= 0) {
      throw new IllegalArgumentException(
          "the sequence "
              + sequence
              + " is not above 0; use the client's time in UTC milliseconds");
    }
    return sequence;
  }

  private InstanceStatus status() {
    return Messages.status(deployer.snapshot(), facts);
  }
}
