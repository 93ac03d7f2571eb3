package dev.fastdeploy.launcher.fleet.carrier;

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
import dev.fastdeploy.control.v1.StageRequest;
import dev.fastdeploy.control.v1.WatchStatusRequest;
import dev.fastdeploy.launcher.fleet.Credentials;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.plan.Input;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The carrier over real connections, to a member that does each deploy id once. */
class GrpcCarrierTest extends CarrierContract {

  private final Member member = new Member();
  private @Nullable Server server;
  private int port;

  @Override
  Carrier open(FleetRequest request, Consumer<Input.Heard> sink) throws IOException {
    starts();
    return new GrpcCarrier(request, new InstanceClients(Credentials.NONE), sink);
  }

  @Override
  String address() {
    return "localhost:" + port;
  }

  @Override
  List<String> done() {
    return member.done;
  }

  @Override
  void changes() {
    member.inService = true;
    InstanceStatus now = member.status();
    member.watchers.forEach(watcher -> watcher.onNext(now));
  }

  @Override
  void endsBeforeItTells() {
    member.tells = false;
  }

  @Override
  void starts() throws IOException {
    member.tells = true;
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addService(member)
            .build()
            .start();
    port = server.getPort();
  }

  @AfterEach
  @Override
  void stops() {
    Server running = server;
    server = null;
    if (running != null) {
      member.watchers.clear();
      running.shutdownNow();
      try {
        running.awaitTermination(20, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class Member extends ControlGrpc.ControlImplBase {

    final List<String> done = new CopyOnWriteArrayList<>();
    final List<StreamObserver<InstanceStatus>> watchers = new CopyOnWriteArrayList<>();
    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    volatile boolean inService;
    volatile boolean tells = true;

    @Override
    public void stage(StageRequest request, StreamObserver<DeployEvent> events) {
      doOnce(request.getDeployId(), "stage", request.getCommit(), Result.RESULT_STAGED, events);
    }

    @Override
    public void activate(DeployRequest request, StreamObserver<DeployEvent> events) {
      doOnce(request.getDeployId(), "activate", request.getCommit(), Result.RESULT_PROVEN, events);
    }

    @Override
    public void deploy(DeployRequest request, StreamObserver<DeployEvent> events) {
      doOnce(request.getDeployId(), "deploy", request.getCommit(), Result.RESULT_PROVEN, events);
    }

    private void doOnce(
        String id, String what, String commit, Result result, StreamObserver<DeployEvent> events) {
      Outcome outcome =
          outcomes.computeIfAbsent(
              id,
              key -> {
                done.add(what + " " + commit);
                return Outcome.newBuilder()
                    .setDeployId(id)
                    .setCommit(commit)
                    .setResult(result)
                    .build();
              });
      if (tells) {
        events.onNext(DeployEvent.newBuilder().setDeployId(id).setOutcome(outcome).build());
        events.onCompleted();
      }
    }

    @Override
    public void cancel(CancelRequest request, StreamObserver<CancelResponse> answer) {
      answer.onNext(CancelResponse.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void getOutcome(GetOutcomeRequest request, StreamObserver<Outcome> answer) {
      answer.onNext(
          outcomes.getOrDefault(
              request.getDeployId(),
              Outcome.newBuilder().setResult(Result.RESULT_UNKNOWN).build()));
      answer.onCompleted();
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<InstanceStatus> answer) {
      answer.onNext(status());
      answer.onCompleted();
    }

    @Override
    public void watchStatus(WatchStatusRequest request, StreamObserver<InstanceStatus> answer) {
      watchers.add(answer);
      answer.onNext(status());
    }

    InstanceStatus status() {
      return InstanceStatus.newBuilder().setApp(APP).setInService(inService).build();
    }
  }
}
