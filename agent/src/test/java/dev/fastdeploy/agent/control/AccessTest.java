package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.deploy.Instance;
import dev.fastdeploy.agent.testing.ControlClient;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.control.v1.CancelRequest;
import dev.fastdeploy.control.v1.CancelResponse;
import dev.fastdeploy.control.v1.Cancellation;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.GetOutcomeRequest;
import dev.fastdeploy.control.v1.GetStatusRequest;
import dev.fastdeploy.control.v1.InstanceState;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.Refusal;
import dev.fastdeploy.control.v1.Result;
import dev.fastdeploy.control.v1.RollbackRequest;
import dev.fastdeploy.control.v1.StageRequest;
import dev.fastdeploy.control.v1.WatchStatusRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call what, by real sockets. */
class AccessTest {

  private @TempDir Path directory;

  @Test
  void nobodyCallsWithoutATokenOnLoopback() throws Exception {
    Path tokens = Endpoint.secret(directory.resolve("t"), "secret-1\n");
    try (Endpoint endpoint = new Endpoint(Endpoint.loopback(tokens, null, null));
        ControlClient none = ControlClient.of(endpoint.address());
        ControlClient wrong = ControlClient.withToken(endpoint.address(), "secret-2");
        ControlClient right = ControlClient.withToken(endpoint.address(), "secret-1")) {
      assertThat(Calls.code(() -> status(none))).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(Calls.code(() -> status(wrong))).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(status(right).getRunning()).isEqualTo("running");
      assertThat(deploy(right, "d1", "next", 5).getEventCase())
          .isEqualTo(DeployEvent.EventCase.ACCEPTED);
    }
  }

  @Test
  void healthIsOpenAndReflectionIsNot() throws Exception {
    Path tokens = Endpoint.secret(directory.resolve("t"), "secret-1\n");
    try (Endpoint endpoint = new Endpoint(Endpoint.loopback(tokens, null, null));
        ControlClient none = ControlClient.of(endpoint.address());
        ControlClient right = ControlClient.withToken(endpoint.address(), "secret-1")) {
      assertThat(
              HealthGrpc.newBlockingStub(none.channel())
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
      assertThat(reflected(none.channel()))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withMessageContaining("UNAUTHENTICATED");
      assertThat(reflected(right.channel()))
          .succeedsWithin(Duration.ofSeconds(30))
          .asString()
          .contains("fastdeploy.control.v1.Control");
    }
  }

  @Test
  void readTokensOnlyRead() throws Exception {
    Path tokens = Endpoint.secret(directory.resolve("t"), "secret-1\n");
    Path readTokens = Endpoint.secret(directory.resolve("r"), "reader\n");
    try (Endpoint endpoint = new Endpoint(Endpoint.loopback(tokens, readTokens, null));
        ControlClient reader = ControlClient.withToken(endpoint.address(), "reader")) {
      assertThat(status(reader).getState()).isEqualTo(InstanceState.INSTANCE_STATE_READY);
      assertThat(
              reader
                  .control()
                  .getOutcome(GetOutcomeRequest.newBuilder().setDeployId("x").build())
                  .getResult())
          .isEqualTo(Result.RESULT_UNKNOWN);
      assertThat(Calls.code(() -> deploy(reader, "d1", "next", 5)))
          .isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(
              Calls.code(
                  () ->
                      reader
                          .control()
                          .rollback(RollbackRequest.newBuilder().setDeployId("d1").build())
                          .next()))
          .isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(
              Calls.code(
                  () ->
                      reader
                          .control()
                          .stage(
                              StageRequest.newBuilder().setDeployId("d1").setCommit("next").build())
                          .next()))
          .isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(Calls.code(() -> reader.control().cancel(CancelRequest.getDefaultInstance())))
          .isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(endpoint.instance().deployer().snapshot().deploys().active()).isNull();
    }
  }

  @Test
  void whoCancelsIsNamed() throws Exception {
    Path tokens = Endpoint.secret(directory.resolve("t"), "secret-1\n");
    try (Endpoint endpoint = new Endpoint(Endpoint.loopback(tokens, null, null));
        ControlClient client = ControlClient.withToken(endpoint.address(), "secret-1")) {
      deploy(client, "d1", "next", 5);
      CancelResponse answer =
          client.control().cancel(CancelRequest.newBuilder().setDeployId("d1").build());
      endpoint.instance().work();

      assertThat(answer.getResult()).isEqualTo(Cancellation.CANCELLATION_ENDING);
      assertThat(answer.getCommit()).isEqualTo("next");
      assertThat(
              client
                  .control()
                  .getOutcome(GetOutcomeRequest.newBuilder().setDeployId("d1").build())
                  .getReason())
          .matches("cancelled by \\S+");
      assertInvalid(
          () -> client.control().cancel(CancelRequest.newBuilder().setDeployId("../x").build()),
          "../x");
    }
  }

  @Test
  void tokensRotateWhileTheEndpointListens() throws Exception {
    Path tokens = Endpoint.secret(directory.resolve("t"), "# the old one\n\nold-token\n");
    try (Endpoint endpoint = new Endpoint(Endpoint.loopback(tokens, null, null));
        ControlClient old = ControlClient.withToken(endpoint.address(), "old-token");
        ControlClient next = ControlClient.withToken(endpoint.address(), "new-token");
        ControlClient comment = ControlClient.withToken(endpoint.address(), "# the old one")) {
      assertThat(Calls.code(() -> status(old))).isEqualTo(Status.Code.OK);
      assertThat(Calls.code(() -> status(next))).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(Calls.code(() -> status(comment))).isEqualTo(Status.Code.UNAUTHENTICATED);

      Endpoint.secret(tokens, "old-token\nnew-token\n");
      assertThat(Calls.code(() -> status(old))).isEqualTo(Status.Code.OK);
      assertThat(Calls.code(() -> status(next))).isEqualTo(Status.Code.OK);

      Files.move(
          Endpoint.secret(directory.resolve("t2"), "new-token\n"),
          tokens,
          StandardCopyOption.REPLACE_EXISTING);
      assertThat(Calls.code(() -> status(old))).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(Calls.code(() -> status(next))).isEqualTo(Status.Code.OK);

      Files.delete(tokens);
      assertThat(Calls.code(() -> status(next))).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  void theUnixSocketIsTheOwnersAlone() throws Exception {
    Path socket = directory.resolve("run").resolve("c.sock");
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(socket, null));
        ControlClient owner = ControlClient.of(endpoint.address())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("run"))))
          .isEqualTo("rwx------");
      assertThat(Calls.code(() -> status(owner))).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void aTokenThatIsShownOnTheUnixSocketMustBeValid() throws Exception {
    Path tokens = Endpoint.secret(directory.resolve("t"), "secret-1\n");
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(directory.resolve("c.sock"), tokens));
        ControlClient none = ControlClient.of(endpoint.address());
        ControlClient wrong = ControlClient.withToken(endpoint.address(), "secret-2");
        ControlClient right = ControlClient.withToken(endpoint.address(), "secret-1")) {
      assertThat(Calls.code(() -> status(none))).isEqualTo(Status.Code.OK);
      assertThat(Calls.code(() -> status(wrong))).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(Calls.code(() -> status(right))).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void whereNoFileHoldsTokensTheUnixSocketJudgesNone() throws Exception {
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(directory.resolve("c.sock"), null));
        ControlClient any = ControlClient.withToken(endpoint.address(), "secret-2")) {
      assertThat(Calls.code(() -> status(any))).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void aStaleSocketIsReplacedAndALiveOneIsNot() throws Exception {
    Path socket = directory.resolve("c.sock");
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(socket, null));
        ControlClient client = ControlClient.of(endpoint.address())) {
      assertThat(Calls.code(() -> status(client))).isEqualTo(Status.Code.OK);
      assertThatThrownBy(() -> new Endpoint(Endpoint.unix(socket, null)).close())
          .hasMessageContaining("another process listens on")
          .hasMessageContaining(socket.toString());
      assertThat(Calls.code(() -> status(client))).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void aSocketIsNotPutWhereOthersMayGo() throws Exception {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    for (String mode : List.of("rwx--x---", "rwx-----x", "rwxrwxrwx")) {
      Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString(mode));
      assertThatThrownBy(() -> new Endpoint(Endpoint.unix(shared.resolve("c.sock"), null)).close())
          .hasMessageContaining("other users may enter")
          .hasMessageContaining("chmod 700 " + shared);
      assertThat(shared.resolve("c.sock")).doesNotExist();
    }
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwx------"));
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(shared.resolve("c.sock"), null));
        ControlClient client = ControlClient.of(endpoint.address())) {
      assertThat(Calls.code(() -> status(client))).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void aFileInTheSocketsPlaceStays() throws Exception {
    Path file = Files.writeString(directory.resolve("c.sock"), "precious");

    assertThatThrownBy(() -> new Endpoint(Endpoint.unix(file, null)).close())
        .hasMessageContaining("is not a socket");
    assertThat(file).hasContent("precious");
  }

  @Test
  void aMissingTokenFileKeepsAPortClosed() {
    Path missing = directory.resolve("missing");

    assertThatThrownBy(() -> new Endpoint(Endpoint.loopback(missing, null, null)).close())
        .hasMessageContaining("does not listen on 127.0.0.1:0")
        .hasMessageContaining("the token file '" + missing + "' cannot be read");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    Path tokens = Endpoint.secret(directory.resolve("t"), "secret-1\n");
    try (Endpoint first = new Endpoint(Endpoint.loopback(tokens, null, null))) {
      int port = Integer.parseInt(first.address().substring("127.0.0.1:".length()));
      ControlSettings same =
          new ControlSettings(
              new ListenAddress.Tcp("127.0.0.1", port),
              tokens,
              null,
              null,
              Set.of(),
              Set.of(),
              Duration.ofHours(1));
      assertThatThrownBy(() -> new Endpoint(same).close())
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void refusalsAreOutcomesAndWrongNamesAreInvalid() throws Exception {
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(directory.resolve("c.sock"), null));
        ControlClient client = ControlClient.of(endpoint.address())) {
      DeployEvent refused = deploy(client, "d1", "running", 5);
      assertThat(refused.getOutcome().getResult()).isEqualTo(Result.RESULT_REFUSED);
      assertThat(refused.getOutcome().getRefusal()).isEqualTo(Refusal.REFUSAL_ALREADY_RUNNING);
      assertThat(refused.getOutcome().getReason()).contains("running already");

      assertInvalid(() -> deploy(client, "d1", "../etc", 5), "'../etc' is not a commit");
      assertInvalid(() -> deploy(client, "a b", "next", 5), "'a b' is not a deploy id");
      assertInvalid(() -> deploy(client, "d1", "next", 0), "the sequence 0 is not above 0");
      assertInvalid(
          () ->
              client.control().getOutcome(GetOutcomeRequest.newBuilder().setDeployId("/").build()),
          "'/' is not a deploy id");
      assertInvalid(
          () ->
              client
                  .control()
                  .getOutcome(
                      GetOutcomeRequest.newBuilder().setDeployId("d1").setWaitMs(-1).build()),
          "the wait of -1 ms is below 0");
      assertInvalid(
          () ->
              client
                  .control()
                  .stage(
                      StageRequest.newBuilder()
                          .setDeployId("d1")
                          .setCommit("next")
                          .setEnvironment("prod")
                          .setEpoch(3)
                          .build())
                  .next(),
          "the epoch 3 says nothing without the application");
    }
  }

  @Test
  void aLargeMessageIsRefused() throws Exception {
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(directory.resolve("c.sock"), null));
        ControlClient client = ControlClient.of(endpoint.address())) {
      assertThat(Calls.code(() -> deploy(client, "d1", "x".repeat(70_000), 5)))
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(Calls.code(() -> status(client))).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void aDeployRunsToItsEndInOneStream() throws Exception {
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(directory.resolve("c.sock"), null));
        ControlClient client = ControlClient.of(endpoint.address())) {
      var stream =
          client
              .control()
              .stage(StageRequest.newBuilder().setDeployId("d1").setCommit("next").build());
      assertThat(stream.next().getAccepted().getRunning()).isEqualTo("running");
      // The client hears of it before the worker does.
      await().atMost(Duration.ofSeconds(30)).until(() -> endpoint.instance().workWaits());
      endpoint.instance().work();
      List<DeployEvent> events = new ArrayList<>();
      stream.forEachRemaining(events::add);
      assertThat(events.get(0).getStaged().getAlreadyThere()).isFalse();
      assertThat(events.get(1).getOutcome().getResult()).isEqualTo(Result.RESULT_STAGED);
      assertThat(events).hasSize(2);
      assertThat(status(client).getStagedList()).containsExactly("next", "running");
    }
  }

  @Test
  void whoWaitsForAnOutcomeHearsOfItAtItsEnd() throws Exception {
    GetOutcomeRequest patient =
        GetOutcomeRequest.newBuilder().setDeployId("d1").setWaitMs(600_000).build();
    GetOutcomeRequest hasty = patient.toBuilder().setWaitMs(1).build();
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(directory.resolve("c.sock"), null));
        ControlClient client = ControlClient.of(endpoint.address())) {
      deploy(client, "d1", "next", 5);
      BlockingQueue<Outcome> told = new LinkedBlockingQueue<>();
      CompletableFuture<Outcome> first = new CompletableFuture<>();
      client.streaming().getOutcome(patient, new Collecting<>(told, first));
      assertThat(client.control().getOutcome(hasty).getResult()).isEqualTo(Result.RESULT_PENDING);
      await().atMost(Duration.ofSeconds(30)).until(() -> endpoint.instance().workWaits());
      assertThat(told).isEmpty();

      client.control().cancel(CancelRequest.newBuilder().setDeployId("d1").build());
      endpoint.instance().work();

      assertThat(first.get(30, TimeUnit.SECONDS).getResult()).isEqualTo(Result.RESULT_FAILED);
    }
  }

  @Test
  void aFleetsDeployIsKnownByEnvironmentAndEpoch() throws Exception {
    StageRequest stage =
        StageRequest.newBuilder()
            .setDeployId("d1")
            .setCommit("next")
            .setApp("shop")
            .setEnvironment("prod")
            .setEpoch(7)
            .build();
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(directory.resolve("c.sock"), null));
        ControlClient client = ControlClient.of(endpoint.address())) {
      assertThat(client.control().stage(stage).next().getOutcome().getRefusal())
          .isEqualTo(Refusal.REFUSAL_OTHER_ENVIRONMENT);
    }
    Instance instance = new Instance().environment("prod");
    try (Endpoint endpoint =
            new Endpoint(Endpoint.unix(directory.resolve("c.sock"), null), instance);
        ControlClient client = ControlClient.of(endpoint.address())) {
      assertThat(client.control().stage(stage).next().hasAccepted()).isTrue();
      StageRequest older = stage.toBuilder().setDeployId("d0").setEpoch(6).build();
      assertThat(client.control().stage(older).next().getOutcome().getRefusal())
          .isEqualTo(Refusal.REFUSAL_OLDER_EPOCH);
      DeployRequest late =
          DeployRequest.newBuilder()
              .setDeployId("d0")
              .setCommit("next")
              .setSequence(5)
              .setApp("shop")
              .setEnvironment("prod")
              .setEpoch(6)
              .build();
      assertThat(client.control().deploy(late).next().getOutcome().getRefusal())
          .isEqualTo(Refusal.REFUSAL_OLDER_EPOCH);
      assertThat(client.control().activate(late).next().getOutcome().getRefusal())
          .isEqualTo(Refusal.REFUSAL_OLDER_EPOCH);
      assertThat(status(client).getEpoch()).isEqualTo(7);
      assertThat(status(client).getEnvironment()).isEqualTo("prod");
      assertThat(status(client).getIdentity()).isEqualTo("host.0f");
    }
  }

  private static BlockingQueue<InstanceStatus> watched(ControlClient client) {
    BlockingQueue<InstanceStatus> received = new LinkedBlockingQueue<>();
    client
        .streaming()
        .watchStatus(
            WatchStatusRequest.getDefaultInstance(),
            new Collecting<>(received, new CompletableFuture<>()));
    return received;
  }

  @Test
  void aChangeOfReadinessIsPushed() throws Exception {
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(directory.resolve("c.sock"), null));
        ControlClient client = ControlClient.of(endpoint.address())) {
      BlockingQueue<InstanceStatus> received = watched(client);
      assertThat(received.poll(30, TimeUnit.SECONDS))
          .satisfies(first -> assertThat(first.getInService()).isTrue());

      for (String reason : Arrays.asList("503", null)) {
        endpoint.instance().unready(reason);
        endpoint.instance().deployer().readinessChanged();
        assertThat(received.poll(30, TimeUnit.SECONDS))
            .satisfies(next -> assertThat(next.getInService()).isEqualTo(reason == null));
      }
    }
  }

  @Test
  void theStatusIsSentAgainAfterAChange() throws Exception {
    try (Endpoint endpoint = new Endpoint(Endpoint.unix(directory.resolve("c.sock"), null));
        ControlClient client = ControlClient.of(endpoint.address())) {
      BlockingQueue<InstanceStatus> received = watched(client);
      assertThat(received.poll(30, TimeUnit.SECONDS))
          .satisfies(
              first -> assertThat(first.getState()).isEqualTo(InstanceState.INSTANCE_STATE_READY));

      endpoint.instance().home().put(new Commit("another"));
      endpoint.instance().deployer().stopping();

      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                InstanceStatus next = received.poll(1, TimeUnit.SECONDS);
                return next != null
                    && next.getState() == InstanceState.INSTANCE_STATE_STOPPING
                    && next.getStagedList().contains("another");
              });
      endpoint.instance().deployer().readinessChanged();
      assertThat(status(client).getState()).isEqualTo(InstanceState.INSTANCE_STATE_STOPPING);
      assertThat(received).as("nothing had changed").isEmpty();
    }
  }

  private static void assertInvalid(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(failure.getStatus().getDescription()).contains(message);
            });
  }

  private static InstanceStatus status(ControlClient client) {
    return client.control().getStatus(GetStatusRequest.getDefaultInstance());
  }

  /** The first event. */
  private static DeployEvent deploy(ControlClient client, String id, String commit, long sequence) {
    return client
        .control()
        .deploy(
            DeployRequest.newBuilder()
                .setDeployId(id)
                .setCommit(commit)
                .setSequence(sequence)
                .build())
        .next();
  }

  private static CompletableFuture<ServerReflectionResponse> reflected(Channel channel) {
    CompletableFuture<ServerReflectionResponse> first = new CompletableFuture<>();
    BlockingQueue<ServerReflectionResponse> all = new LinkedBlockingQueue<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new Collecting<>(all, first));
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
    return first;
  }

  private record Collecting<T>(BlockingQueue<T> all, CompletableFuture<T> first)
      implements StreamObserver<T> {

    @Override
    public void onNext(T message) {
      all.add(message);
      first.complete(message);
    }

    @Override
    public void onError(Throwable failure) {
      first.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      first.completeExceptionally(new IllegalStateException("ended without a message"));
    }
  }
}
