package dev.fastdeploy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.control.TlsFiles;
import dev.fastdeploy.agent.testing.AgentJar;
import dev.fastdeploy.agent.testing.Certificates;
import dev.fastdeploy.agent.testing.ControlClient;
import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.LauncherSide;
import dev.fastdeploy.agent.testing.ServiceFixture;
import dev.fastdeploy.agent.testing.TestService;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.GetOutcomeRequest;
import dev.fastdeploy.control.v1.GetStatusRequest;
import dev.fastdeploy.control.v1.InstanceState;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Refusal;
import dev.fastdeploy.control.v1.Result;
import dev.fastdeploy.release.PackedRelease;
import dev.fastdeploy.release.ReleaseOrigin;
import dev.fastdeploy.release.ReleasePacker;
import dev.fastdeploy.release.StagingLimits;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.StoreLocation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The agent in a JVM of its own, from premain to the exit, with the launcher's side in the test.
 */
class AgentProcessTest {

  private static final Duration LONG = Duration.ofSeconds(40);

  private @TempDir Path root;
  private ServiceFixture service;

  /** The JVMs that services run on. */
  enum Java {
    RUNNING,
    NEWEST;

    JavaHome home() {
      if (this == RUNNING) {
        return JavaHome.running();
      }
      Assumptions.assumeTrue(
          JavaHome.newest().isPresent(), "no JDK 25 or later is installed beside this one");
      return JavaHome.newest().orElseThrow();
    }
  }

  @BeforeEach
  void setUp() throws Exception {
    service = new ServiceFixture(root);
  }

  @ParameterizedTest
  @CsvSource({"RUNNING,'',75", "NEWEST,',reload.exit.code=41',41"})
  void deploysAReleaseAndEndsWithTheReloadCode(Java java, String more, int code) throws Exception {
    try (LauncherSide launcher = launcher(LauncherSide::acknowledging);
        Jvm jvm = service.start(java.home(), "ready.after=1s,env=prod" + more, "hook");
        ControlClient client = ControlClient.of(service.address())) {
      awaitReady(launcher, jvm);
      assertThat(launcher.received().get(0))
          .isInstanceOfSatisfying(
              ChannelMessage.Hello.class, hello -> assertThat(hello.pid()).isEqualTo(jvm.pid()));

      InstanceStatus status = client.control().getStatus(GetStatusRequest.getDefaultInstance());
      assertThat(status.getState()).isEqualTo(InstanceState.INSTANCE_STATE_READY);
      assertThat(status.getRunning()).isEqualTo("aaa");
      assertThat(status.getStagedList()).containsExactly("aaa", "bbb");
      assertThat(status.getDeploysRefusedBecause()).isEmpty();
      assertThat(status.getClasses().getFromRelease()).isPositive();
      assertThat(status.getClasses().getFromElsewhere()).isZero();
      assertThat(status.getClasses().getOutsideList()).isEmpty();
      assertThat(status.getClasses().getMainClassLocation()).contains("/releases/aaa/classes");
      assertThat(status.getPid()).isEqualTo(jvm.pid());
      assertThat(status.getEnvironment()).isEqualTo("prod");
      assertThat(status.getIdentity()).endsWith("." + service.home().identity());
      awaitInService(client);

      List<DeployEvent.EventCase> events =
          kinds(client.control().deploy(request("d1", "bbb", 10).build()));

      assertThat(jvm.exitCode()).isEqualTo(code);
      assertThat(events)
          .containsExactly(
              DeployEvent.EventCase.ACCEPTED,
              DeployEvent.EventCase.STAGED,
              DeployEvent.EventCase.ACTIVATED,
              DeployEvent.EventCase.DRAINING,
              DeployEvent.EventCase.RELOADING);
      assertThat(jvm.out()).contains("drained");
      assertThat(launcher.received()).contains(new ChannelMessage.Reload("d1", "bbb"));
      PendingActivation pending = Objects.requireNonNull(service.home().state().pending());
      assertThat(pending.to()).isEqualTo(ServiceFixture.NEXT);
      assertThat(pending.phases())
          .containsKeys(Phase.ACCEPTED, Phase.STAGED, Phase.ACTIVATED, Phase.DRAINING);
      assertThat(current(service)).isEqualTo(ServiceFixture.NEXT);
      assertThat(jvm.said()).noneMatch(line -> !line.contains(" audit "));
      assertThat(jvm.said())
          .anyMatch(
              line ->
                  line.contains("peer=unix identity=unix")
                      && line.contains("deploy=d1 commit=bbb decision=accepted"));
    }
  }

  @Test
  void fetchesAReleaseFromTheStore() throws Exception {
    Path store = Files.createDirectory(root.resolve("store"));
    Commit published = new Commit("ccc");
    try (PackedRelease packed =
            new ReleasePacker(new StagingLimits(1 << 20, 100), new ReleaseOrigin("svc", published))
                .pack(
                    service.home().release(ServiceFixture.NEXT).orElseThrow().directory(),
                    ReleaseFormat.TAR_GZ,
                    Files.createDirectory(root.resolve("work")));
        PublishedReleases target =
            ReleaseStores.open(new StoreLocation(store.toString(), "svc", null, null, false))) {
      target.publish(published, packed.file(), packed.format(), packed.sha256());
    }
    try (LauncherSide launcher = launcher(LauncherSide::acknowledging);
        Jvm jvm = service.start(JavaHome.running(), "ready.after=1s,app=svc,store=" + store, "");
        ControlClient client = ControlClient.of(service.address())) {
      awaitReady(launcher, jvm);

      DeployEvent missing =
          Objects.requireNonNull(
              lastOrNull(
                  all(client.control().deploy(request("d1", "never-published", 10).build()))));
      assertThat(missing.getOutcome().getResult()).isEqualTo(Result.RESULT_FAILED);
      assertThat(missing.getOutcome().getReason()).contains("never-published");
      assertThat(kinds(client.control().deploy(request("d2", "ccc", 11).build())))
          .contains(DeployEvent.EventCase.STAGING, DeployEvent.EventCase.STAGED);

      assertThat(jvm.exitCode()).isEqualTo(75);
      assertThat(current(service)).isEqualTo(published);
      assertThat(service.home().current().resolve("classes")).isDirectory();
    }
  }

  @Test
  void goesOnWhenTheLauncherDeclines() throws Exception {
    try (LauncherSide launcher =
            launcher(
                message ->
                    message instanceof ChannelMessage.Reload
                        ? new ChannelMessage.Declined("it is being stopped")
                        : null);
        Jvm jvm = service.start(JavaHome.running(), "ready.after=1s", "");
        ControlClient client = ControlClient.of(service.address())) {
      awaitReady(launcher, jvm);

      List<DeployEvent> events = all(client.control().deploy(request("d1", "bbb", 10).build()));

      DeployEvent last = events.get(events.size() - 1);
      assertThat(last.getOutcome().getResult()).isEqualTo(Result.RESULT_ROLLED_BACK);
      assertThat(last.getOutcome().getReason()).contains("declined", "it is being stopped");
      assertThat(jvm.alive()).isTrue();
      assertThat(service.home().state().pending()).isNull();
      assertThat(current(service)).isEqualTo(ServiceFixture.RUNNING);
      assertThat(
              client
                  .control()
                  .getOutcome(GetOutcomeRequest.newBuilder().setDeployId("d1").build())
                  .getResult())
          .isEqualTo(Result.RESULT_ROLLED_BACK);
    }
  }

  @Test
  void haltsAServiceThatDoesNotDrain() throws Exception {
    try (LauncherSide launcher = launcher(LauncherSide::acknowledging);
        Jvm jvm =
            service.start(
                JavaHome.running(),
                "ready.after=1s,drain.timeout=500ms,reload.exit.code=41",
                "stuck");
        ControlClient client = ControlClient.of(service.address())) {
      awaitReady(launcher, jvm);

      kinds(client.control().deploy(request("d1", "bbb", 10).build()));

      assertThat(jvm.exitCode()).isEqualTo(41);
      assertThat(jvm.err()).anyMatch(line -> line.contains("did not end within 500 ms"));
    }
  }

  @Test
  void drainsAndEndsWhenTheLauncherHasGone() throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm = service.start(JavaHome.running(), "ready.after=1s", "hook")) {
      awaitReady(launcher, jvm);

      launcher.die();

      assertThat(jvm.exitCode()).isEqualTo(143);
      assertThat(jvm.out()).contains("drained");
      assertThat(jvm.said()).anyMatch(line -> line.contains("the launcher has gone"));
    }
  }

  @Test
  void endsWhenTheLauncherHadGoneBeforeTheAgentWasUp() throws Exception {
    launcher(message -> null).die();
    try (Jvm jvm = service.start(JavaHome.running(), "ready.after=1s", "hook")) {
      assertThat(jvm.exitCode()).isEqualTo(143);
      assertThat(jvm.said())
          .anyMatch(line -> line.contains("the launcher has gone before the service"));
    }
  }

  @Test
  void haltsAServiceThatDoesNotDrainAfterItsLauncherDied() throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm shell =
            service.startInShell(
                JavaHome.running(), "ready.after=1s,drain.timeout=500ms", "stuck")) {
      awaitReady(launcher, shell);
      ProcessHandle jvm = shell.child();
      try {
        service.end();
        await().atMost(LONG).until(() -> shell.out().contains("ended"));
        await().atMost(LONG).until(() -> !launcher.connected());
        assertThat(jvm.isAlive()).as("the launcher says how long it may take").isTrue();

        shell.kill();

        await().atMost(LONG).until(() -> !jvm.isAlive());
      } finally {
        jvm.destroyForcibly();
      }
    }
  }

  @Test
  void haltsAServiceWhoseLogNobodyReads() throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm =
            service.start(JavaHome.running(), "ready.after=1s,drain.timeout=500ms", "flood")) {
      awaitReady(launcher, jvm);
      jvm.stopReadingErrors();

      launcher.die();

      assertThat(jvm.exitCodeUnread()).isEqualTo(143);
    }
  }

  @Test
  void endsWithItsLauncherAlsoWhereTheAgentDoesNotRun() throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm = service.start(JavaHome.running(), "ready=nonsense", "hook")) {
      await().atMost(LONG).until(() -> launcher.received(ChannelMessage.AgentFailed.class));

      launcher.die();

      assertThat(jvm.exitCode()).isEqualTo(143);
      assertThat(jvm.out()).contains("drained");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "keep=many, the agent does not run: --keep 'many'",
    "'app=svc,store=gopher://x', nothing can be fetched from the store: --store 'gopher://x'"
  })
  void sayWhichSettingIsWrongAtTheStart(String wrong, String said) throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm = service.start(JavaHome.running(), "ready.after=1s," + wrong, "")) {
      await().atMost(LONG).until(() -> !jvm.said().isEmpty());
      assertThat(launcher.received(ChannelMessage.Hello.class)).isTrue();
      service.end();

      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.said()).singleElement().asString().contains(said);
    }
  }

  @ParameterizedTest
  @CsvSource({"RUNNING,9", "RUNNING,11", "NEWEST,9", "NEWEST,11"})
  void tellsThatItHasNoMemoryAndLetsTheServiceStop(Java java, int megabytes) throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm =
            service.start(
                java.home(),
                AgentJar.path(),
                "ready.after=1s",
                "hook",
                List.of("-XX:MaxMetaspaceSize=" + megabytes + "m"));
        ControlClient client = ControlClient.of(service.address())) {
      await()
          .atMost(LONG)
          .until(() -> !jvm.said().isEmpty() || launcher.received(ChannelMessage.Listening.class));
      if (jvm.said().isEmpty()) {
        // The first call takes what the start has left: it is answered well or with a failure, and
        // where nobody is left to answer it that is said.
        try {
          client.control().getStatus(GetStatusRequest.getDefaultInstance());
        } catch (StatusRuntimeException unanswered) {
          if (unanswered.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
            await().atMost(LONG).until(() -> !jvm.said().isEmpty());
          }
        }
      }

      jvm.terminate();

      assertThat(jvm.exitCode()).isEqualTo(143);
      assertThat(jvm.out()).contains("drained");
      List<String> said = jvm.said().stream().filter(line -> !line.contains(" audit ")).toList();
      if (!said.isEmpty()) {
        assertThat(said).anyMatch(line -> line.contains("memory") || line.contains("Metaspace"));
      }
    }
  }

  @Test
  void refusesDeploysOnceTheLauncherStops() throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm = service.start(JavaHome.running(), "ready.after=1s", "");
        ControlClient client = ControlClient.of(service.address())) {
      awaitReady(launcher, jvm);

      launcher.send(new ChannelMessage.Stopping());
      await()
          .atMost(LONG)
          .until(
              () ->
                  client.control().getStatus(GetStatusRequest.getDefaultInstance()).getState()
                      == InstanceState.INSTANCE_STATE_STOPPING);

      DeployEvent only = all(client.control().deploy(request("d1", "bbb", 10).build())).get(0);
      assertThat(only.getOutcome().getRefusal()).isEqualTo(Refusal.REFUSAL_STOPPING);
    }
  }

  @Test
  void refusesDeploysWithoutALauncher() throws Exception {
    try (Jvm jvm = service.start(JavaHome.running(), "ready.after=1s", "");
        ControlClient client = ControlClient.of(service.address())) {
      awaitSocket(jvm);

      DeployEvent only = all(client.control().deploy(request("d1", "bbb", 10).build())).get(0);

      assertThat(only.getOutcome().getRefusal()).isEqualTo(Refusal.REFUSAL_NO_LAUNCHER);
      assertThat(only.getOutcome().getReason())
          .contains("fastdeploy run", "reload.fallback=module");
      assertThat(service.home().state().lastSequence()).isZero();
    }
  }

  @Test
  void createsTheHomeThatNoLauncherHasCreated() throws Exception {
    Home other = new Home(root.resolve("other"));
    try (Jvm jvm =
            service.startAs(
                JavaHome.running(),
                "ready.after=1s",
                Map.of(ProcessContract.HOME, other.given().toString()),
                List.of("-cp", "classes", TestService.class.getName()));
        ControlClient client = ControlClient.of("unix:" + other.controlSocket())) {
      await()
          .atMost(LONG)
          .failFast("the service ended", () -> !jvm.alive())
          .until(() -> listens(other));

      InstanceStatus status = client.control().getStatus(GetStatusRequest.getDefaultInstance());
      assertThat(status.getHomeUnwritableBecause()).isEmpty();
      assertThat(other.root().resolve("releases")).isDirectory();
      assertThat(other.root().resolve("state")).isDirectory();
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void tellsWhereTheClassesComeFrom(Java java) throws Exception {
    Path other = service.home().release(ServiceFixture.NEXT).orElseThrow().directory();
    for (String option : List.of("", "-Xbootclasspath/a:" + other.resolve("classes"))) {
      try (LauncherSide launcher = launcher(message -> null);
          Jvm jvm =
              service.start(
                  java.home(),
                  AgentJar.path(),
                  "ready.after=1s",
                  "",
                  option.isEmpty() ? List.of() : List.of(option))) {
        awaitReady(launcher, jvm);

        launcher.send(new ChannelMessage.AskClasses());

        await().atMost(LONG).until(() -> launcher.received(ChannelMessage.Classes.class));
        assertThat(
                launcher.received().stream()
                    .filter(ChannelMessage.Classes.class::isInstance)
                    .reduce((first, last) -> last))
            .get()
            .isInstanceOfSatisfying(
                ChannelMessage.Classes.class,
                classes -> {
                  if (option.isEmpty()) {
                    assertThat(classes).isEqualTo(new ChannelMessage.Classes("", ""));
                  } else {
                    assertThat(classes.stale()).startsWith("the main class comes from another");
                  }
                });
      }
      Files.delete(service.channel());
    }
  }

  @Test
  void tellsReadinessFromWithinTheService() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm = service.start(JavaHome.running(), "ready=tcp:" + port, "")) {
      await()
          .atMost(LONG)
          .until(
              () ->
                  launcher.received().stream()
                      .anyMatch(
                          message ->
                              message instanceof ChannelMessage.Unready unready
                                  && unready.reason().contains("refused")));
      assertThat(launcher.received(ChannelMessage.Ready.class)).isFalse();

      try (ServerSocket listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
        await().atMost(LONG).until(() -> launcher.received(ChannelMessage.Ready.class));
        assertThat(listening.isBound()).isTrue();
      }
      await()
          .atMost(LONG)
          .until(
              () ->
                  lastOrNull(
                          launcher.received().stream()
                              .filter(
                                  message ->
                                      message instanceof ChannelMessage.Ready
                                          || message instanceof ChannelMessage.Unready)
                              .toList())
                      instanceof ChannelMessage.Unready);
      assertThat(jvm.alive()).isTrue();
    }
  }

  @Test
  void sayWhyTheEndpointDoesNotListenAndLetTheServiceRun() throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm =
            service.start(JavaHome.running(), "ready.after=1s,control.listen=127.0.0.1:0", "")) {
      await()
          .atMost(LONG)
          .until(
              () ->
                  launcher.received().stream()
                      .anyMatch(
                          message ->
                              message instanceof ChannelMessage.NotListening not
                                  && not.reason().contains("a loopback port needs a token")));
      await().atMost(LONG).until(() -> launcher.received(ChannelMessage.Ready.class));
      service.end();

      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.said())
          .singleElement()
          .asString()
          .contains("a loopback port needs a token (--control-token-file)");
    }
  }

  @Test
  void sayThatAWrongSettingKeepsTheAgentFromRunning() throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm = service.start(JavaHome.running(), "ready=nonsense", "")) {
      await().atMost(LONG).until(() -> launcher.received(ChannelMessage.AgentFailed.class));
      service.end();

      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.said())
          .singleElement()
          .asString()
          .contains("the agent does not run: --ready 'nonsense'");
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void leavesTheLogManagerToTheApplication(Java java) throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm = service.start(java.home(), "ready.after=1s", "log-manager");
        ControlClient client = ControlClient.of(service.address())) {
      awaitReady(launcher, jvm);
      assertThatThrownBy(
              () -> client.control().deploy(request("d1", "not/a/commit", 1).build()).hasNext())
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused ->
                  assertThat(refused.getStatus().getCode())
                      .isEqualTo(Status.Code.INVALID_ARGUMENT));
      service.end();

      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out()).anyMatch(line -> line.contains("TestService$OwnLogManager"));
      assertThat(jvm.err()).allMatch(line -> line.startsWith("fastdeploy: audit "));
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void leavesTheLogManagerToTheApplicationAlsoWithTls(Java java) throws Exception {
    Path token = Files.writeString(root.resolve("token"), "secret\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    TlsFiles tls = new Certificates(root).selfSigned("server", "CN=instance", "dns:localhost");
    String arguments =
        "ready.after=1s,control.listen=127.0.0.1:0,control.token.file="
            + token
            + ",control.tls.cert="
            + tls.certificate()
            + ",control.tls.key="
            + tls.key();
    SslContext trusting =
        GrpcSslContexts.configure(
                SslContextBuilder.forClient().trustManager(tls.certificate().toFile()),
                SslProvider.JDK)
            .build();
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm = service.start(java.home(), arguments, "log-manager")) {
      awaitReady(launcher, jvm);
      try (ControlClient client = ControlClient.withTls(listening(launcher), trusting, "secret")) {
        assertThat(client.control().getStatus(GetStatusRequest.getDefaultInstance()).getRunning())
            .isEqualTo("aaa");
      }
      service.end();

      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out()).anyMatch(line -> line.contains("TestService$OwnLogManager"));
      assertThat(jvm.err()).allMatch(line -> line.startsWith("fastdeploy: audit "));
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void addsFewThreadsToTheService(Java java) throws Exception {
    try (LauncherSide launcher = launcher(message -> null);
        Jvm jvm = service.start(java.home(), "ready=tcp:1", "threads")) {
      await().atMost(LONG).until(() -> launcher.received(ChannelMessage.Listening.class));
      service.end();

      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out().stream().filter(line -> line.startsWith("thread: ")))
          .filteredOn(
              line ->
                  !Stream.of(
                          "main",
                          "Finalizer",
                          "Reference Handler",
                          "Signal Dispatcher",
                          "Common-Cleaner",
                          "Notification Thread",
                          "Attach Listener",
                          "Service Thread",
                          "Monitor Deflation Thread",
                          "C1 CompilerThread0",
                          "C2 CompilerThread0")
                      .map("thread: "::concat)
                      .toList()
                      .contains(line))
          .containsOnlyOnce(
              "thread: fastdeploy-channel", "thread: fastdeploy-io", "thread: fastdeploy-readiness")
          .allMatch(line -> line.startsWith("thread: fastdeploy-"));
    }
  }

  private LauncherSide launcher(Function<ChannelMessage, @Nullable ChannelMessage> answers)
      throws Exception {
    return LauncherSide.listen(service.channel(), answers);
  }

  private static String listening(LauncherSide launcher) {
    return launcher.received().stream()
        .filter(ChannelMessage.Listening.class::isInstance)
        .map(message -> ((ChannelMessage.Listening) message).address())
        .findFirst()
        .orElseThrow();
  }

  private static void awaitReady(LauncherSide launcher, Jvm jvm) {
    await()
        .atMost(LONG)
        .failFast("the service ended", () -> !jvm.alive())
        .until(
            () ->
                launcher.received(ChannelMessage.Ready.class)
                    && launcher.received(ChannelMessage.Listening.class));
  }

  private static Commit current(ServiceFixture service) throws IOException {
    Path release = Files.readSymbolicLink(service.home().current());
    return new Commit(Objects.requireNonNull(release.getFileName()).toString());
  }

  private static void awaitInService(ControlClient client) {
    await()
        .atMost(LONG)
        .until(
            () -> client.control().getStatus(GetStatusRequest.getDefaultInstance()).getInService());
  }

  private void awaitSocket(Jvm jvm) {
    await()
        .atMost(LONG)
        .failFast("the service ended", () -> !jvm.alive())
        .until(() -> listens(service.home()));
  }

  /** The socket's file is there a moment before the endpoint listens on it. */
  private static boolean listens(Home home) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(home.controlSocket()));
    } catch (IOException notYet) {
      return false;
    }
  }

  private static DeployRequest.Builder request(String id, String commit, long sequence) {
    new DeployId(id);
    return DeployRequest.newBuilder().setDeployId(id).setCommit(commit).setSequence(sequence);
  }

  private static List<DeployEvent> all(Iterator<DeployEvent> stream) {
    List<DeployEvent> events = new ArrayList<>();
    stream.forEachRemaining(events::add);
    return events;
  }

  /** Up to the end of the process, which breaks the stream. */
  private static List<DeployEvent.EventCase> kinds(Iterator<DeployEvent> stream) {
    List<DeployEvent.EventCase> kinds = new ArrayList<>();
    assertThatThrownBy(() -> stream.forEachRemaining(event -> kinds.add(event.getEventCase())))
        .isInstanceOf(StatusRuntimeException.class);
    return kinds;
  }

  private static <T> @Nullable T lastOrNull(List<T> list) {
    return list.isEmpty() ? null : list.get(list.size() - 1);
  }
}
