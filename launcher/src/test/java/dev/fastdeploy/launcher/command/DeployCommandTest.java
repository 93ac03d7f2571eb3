package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fastdeploy.control.v1.Accepted;
import dev.fastdeploy.control.v1.Activated;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.Draining;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.PhaseTime;
import dev.fastdeploy.control.v1.PreDraining;
import dev.fastdeploy.control.v1.Refusal;
import dev.fastdeploy.control.v1.Reloading;
import dev.fastdeploy.control.v1.Result;
import dev.fastdeploy.control.v1.Staged;
import dev.fastdeploy.control.v1.Staging;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployCommandTest {

  @TempDir private Path directory;

  @Test
  void followsTheInstanceOverItsRestart() throws Exception {
    Path socket = directory.resolve("s");
    ScriptedControl before = new ScriptedControl().course(DeployCommandTest::wholeCourse);
    ScriptedControl after =
        new ScriptedControl()
            .outcomes(
                ScriptedControl.answer(Result.RESULT_PENDING),
                ScriptedControl.answer(Result.RESULT_PENDING),
                ScriptedControl.answer(Result.RESULT_PROVEN).toBuilder()
                    .addPhases(PhaseTime.newBuilder().setPhase("accepted").setTimeMs(7))
                    .build());

    CommandRun.Running run;
    try (ControlServer old = ControlServer.onSocket(socket, before)) {
      assertThat(old).isNotNull();
      run =
          CommandRun.start(
              "deploy", "new", "--target", "unix:" + socket, "--deploy-id", "d-1", "--json");
      run.untilShown("reloading");
    }
    try (ControlServer restarted = ControlServer.onSocket(socket, after)) {
      assertThat(restarted).isNotNull();
      CommandRun done = run.done();

      assertThat(done.exitCode()).as(done.err() + done.out()).isZero();
      assertThat(done.json().stream().map(line -> line.get("event")))
          .containsExactly(
              "accepted",
              "staging",
              "staged",
              "preDraining",
              "activated",
              "draining",
              "reloading",
              "reconnecting",
              "outcome",
              "summary");
      assertThat(done.json().get(1))
          .isEqualTo(
              Map.of(
                  "event",
                  "staging",
                  "target",
                  "unix:" + socket,
                  "deploy",
                  "d-1",
                  "commit",
                  "new",
                  "time",
                  1234,
                  "bytesDone",
                  5,
                  "bytesTotal",
                  9));
      assertThat(done.json().get(3)).containsEntry("untilMs", 98);
      assertThat(done.json().get(5)).containsEntry("deadlineMs", 99);
      assertThat(done.json().get(8))
          .containsEntry("result", "PROVEN")
          .containsEntry("from", "old")
          .containsEntry("phases", Map.of("accepted", 7))
          .containsEntry("lastLines", List.of())
          .doesNotContainKeys("refusal", "exitCode");
      assertThat(done.json().get(9))
          .isEqualTo(
              Map.of(
                  "event",
                  "summary",
                  "deploy",
                  "d-1",
                  "commit",
                  "new",
                  "proven",
                  1,
                  "failed",
                  0,
                  "untouched",
                  0,
                  "exitCode",
                  0));
      assertThat(before.deploys).hasSize(1);
      assertThat(after.deploys).isEmpty();
      assertThat(after.outcomesAsked).hasSize(3).containsOnly("d-1");
      assertThat(after.waitsAsked).containsOnly(5_000L);
      assertThat(after.outcomeDeadlines).allSatisfy(left -> assertThat(left).isGreaterThan(5_000));
    }
  }

  @Test
  void instanceThatNeverComesBackTimesOut() throws Exception {
    Path socket = directory.resolve("s");
    ScriptedControl control = new ScriptedControl().course(DeployCommandTest::wholeCourse);
    CommandRun.Running run;
    try (ControlServer server = ControlServer.onSocket(socket, control)) {
      assertThat(server).isNotNull();
      run = CommandRun.start("deploy", "new", "--target", "unix:" + socket, "--timeout", "1500ms");
      run.untilShown("reloading");
    }

    CommandRun done = run.done();
    assertThat(done.exitCode()).isEqualTo(2);
    assertThat(done.out())
        .contains("unreachable: it did not come back within 1500ms", "(last seen: reloading)")
        .contains("0 proven, 1 failed");
  }

  @Test
  void nobodyThereIsNothingReached() throws IOException {
    int port = freePort();
    CommandRun done =
        CommandRun.of(
            "deploy",
            "new",
            "--target",
            "127.0.0.1:" + port,
            "--connect-timeout",
            "300ms",
            "--json");

    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.json().get(0))
        .containsEntry("event", "outcome")
        .containsEntry("result", "UNREACHABLE");
    assertThat((String) done.json().get(0).get("reason"))
        .contains("no answer within 300ms")
        .containsIgnoringCase("connection refused");
  }

  @Test
  void instanceThatTakesTheCallAndSaysNothingMayHaveBegun() throws IOException {
    ScriptedControl silent = new ScriptedControl().course((id, events) -> {});
    try (ControlServer server = ControlServer.onLoopback(0, silent, null, null)) {
      CommandRun done =
          CommandRun.of(
              "deploy", "new", "--target", server.target(), "--connect-timeout", "1s", "--json");

      assertThat(silent.deploys).hasSize(1);
      assertThat(done.exitCode()).isEqualTo(2);
      assertThat((String) done.json().get(0).get("reason"))
          .contains("no answer within 1s", "it may have started the deploy: look with");
    }
  }

  @Test
  void refusalIsTold() throws IOException {
    ScriptedControl control =
        new ScriptedControl()
            .course(
                (id, events) ->
                    finished(
                        events,
                        ScriptedControl.outcome(
                            id,
                            Outcome.newBuilder()
                                .setResult(Result.RESULT_REFUSED)
                                .setRefusal(Refusal.REFUSAL_BUSY)
                                .setReason("deploy 'd-0' is under way"))));
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun json = CommandRun.of("deploy", "new", "--target", server.target(), "--json");
      assertThat(json.exitCode()).isEqualTo(2);
      assertThat(json.json().get(0))
          .containsEntry("result", "REFUSED")
          .containsEntry("refusal", "BUSY")
          .containsEntry("reason", "deploy 'd-0' is under way");

      CommandRun text = CommandRun.of("deploy", "new", "--target", server.target());
      assertThat(text.out()).contains("refused BUSY: deploy 'd-0' is under way");
    }
  }

  @Test
  void rolledBackReleaseIsShownWithItsLastWordsAndStopsTheFleet() throws IOException {
    ScriptedControl bad =
        new ScriptedControl()
            .course(
                (id, events) ->
                    finished(
                        events,
                        ScriptedControl.outcome(
                            id,
                            Outcome.newBuilder()
                                .setResult(Result.RESULT_ROLLED_BACK)
                                .setReason("it ended before it was ready")
                                .setExitCode(3)
                                .addLastLines("starting")
                                .addLastLines("no database"))));
    ScriptedControl untouched = new ScriptedControl();
    try (ControlServer first = ControlServer.onLoopback(0, bad, null, null);
        ControlServer second = ControlServer.onLoopback(0, untouched, null, null)) {
      CommandRun text =
          CommandRun.of("deploy", "new", "--target", first.target(), "--target", second.target());

      assertThat(text.exitCode()).isEqualTo(2);
      assertThat(text.out())
          .contains(
              first.target() + " rolled back: it ended before it was ready",
              "  exit code 3",
              "  the last lines that new printed:",
              "  | starting",
              "  | no database",
              "0 proven, 1 failed, 1 untouched");
      assertThat(untouched.deploys).isEmpty();

      CommandRun json =
          CommandRun.of(
              "deploy", "new", "--target", first.target(), "--target", second.target(), "--json");
      assertThat(json.json().get(0))
          .containsEntry("exitCode", 3)
          .containsEntry("lastLines", List.of("starting", "no database"));
      assertThat(json.json().get(1)).containsEntry("untouched", 1).containsEntry("exitCode", 2);
    }
  }

  @Test
  void lostRequestIsSentAgainUnchanged() throws IOException {
    ScriptedControl control = new ScriptedControl();
    control.course(
        (id, events) -> {
          if (control.deploys.size() == 1) {
            events.onError(Status.UNAVAILABLE.asException());
          } else {
            finished(
                events,
                ScriptedControl.outcome(id, Outcome.newBuilder().setResult(Result.RESULT_PROVEN)));
          }
        });
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun run =
          CommandRun.of(
              "deploy", "new", "--target", server.target(), "--strategy", "process", "--force");

      assertThat(run.exitCode()).as(run.out()).isZero();
      assertThat(control.deploys).hasSize(2);
      assertThat(control.deploys.get(1)).isEqualTo(control.deploys.get(0));
      assertThat(control.deploys.get(0).getStrategy()).isEqualTo("process");
      assertThat(control.deploys.get(0).getForce()).isTrue();
      assertThat(control.deploys.get(0).getDeployId()).matches("d-\\d{8}T\\d{6}-[0-9a-z]{6}");
      assertThat(control.deploys.get(0).getSequence())
          .isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(60_000L));
    }
  }

  @Test
  void namesTheApplicationAndTheDigestThatWasPublished() throws IOException {
    Path build = Files.createDirectory(directory.resolve("build"));
    Files.writeString(build.resolve("app.txt"), "hello");
    String store = Files.createDirectory(directory.resolve("store")).toString();
    ScriptedControl control = ScriptedControl.proving();
    CommandRun published =
        CommandRun.of(
            "publish", build.toString(), "--store", store, "--app", "shop", "--commit", "new");
    String digest = published.out().strip().replaceAll(".*sha256 ", "");
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      String[] deploy = {
        "deploy", "new", "--target", server.target(), "--app", "shop", "--env", "prod"
      };
      assertThat(CommandRun.of(deploy).err()).isEmpty();
      assertThat(CommandRun.of(with(deploy, "--store", store)).err()).isEmpty();
      assertThat(CommandRun.of(with(deploy, "--sha256", "E".repeat(64))).err()).isEmpty();
      CommandRun unreadable = CommandRun.of(with(deploy, "--store", store + "/gone"));

      assertThat(unreadable.exitCode()).as(unreadable.out()).isZero();
      assertThat(unreadable.err().lines())
          .singleElement()
          .asString()
          .contains("deploying without a SHA-256", "gone");
      assertThat(control.deploys).extracting(DeployRequest::getApp).containsOnly("shop");
      assertThat(control.deploys).extracting(DeployRequest::getEnvironment).containsOnly("prod");
      assertThat(control.deploys)
          .extracting(DeployRequest::getSha256)
          .containsExactly("", digest, "e".repeat(64), "");
    }
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  @Test
  void whatRunsAlreadyIsASuccess() throws IOException {
    ScriptedControl control =
        new ScriptedControl()
            .course(
                (id, events) ->
                    finished(
                        events,
                        ScriptedControl.outcome(
                            id,
                            Outcome.newBuilder()
                                .setResult(Result.RESULT_REFUSED)
                                .setRefusal(Refusal.REFUSAL_ALREADY_RUNNING))));
    control.status = InstanceStatus.newBuilder().setRunning("new").setProven("new").build();
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun run = CommandRun.of("deploy", "new", "--target", server.target());

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("proven new (already there)");
    }
  }

  @Test
  void aPortThatSpeaksHttpIsNoAgents() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    try {
      String target = "localhost:" + server.getAddress().getPort();
      String words =
          target + " unreachable: whatever listens there is not an agent's control endpoint";

      CommandRun deploy = CommandRun.of("deploy", "new", "--target", target);
      CommandRun status = CommandRun.of("status", "--target", target);

      assertThat(deploy.exitCode()).isEqualTo(1);
      assertThat(deploy.out()).contains(words).contains("--control-listen");
      assertThat(deploy.out()).doesNotContain("SETTINGS");
      assertThat(status.exitCode()).isEqualTo(1);
      assertThat(status.out()).startsWith(words);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void tokenComesFromItsFile() throws IOException {
    ScriptedControl control = new ScriptedControl().course(DeployCommandTest::provenAtOnce);
    Path right = Files.writeString(directory.resolve("right"), "secret\n");
    Path wrong = Files.writeString(directory.resolve("wrong"), "guess\n");
    try (ControlServer server = ControlServer.onLoopback(0, control, "secret", null)) {
      assertThat(
              CommandRun.of(
                      "deploy",
                      "new",
                      "--target",
                      server.target(),
                      "--control-token-file",
                      right.toString())
                  .exitCode())
          .isZero();

      CommandRun refused =
          CommandRun.of(
              "deploy",
              "new",
              "--target",
              server.target(),
              "--control-token-file=" + wrong,
              "--json");
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat((String) refused.json().get(0).get("reason"))
          .contains("does not accept the token in '" + wrong + "'", "--control-token-file")
          .doesNotContain("guess");

      String words = server.target() + " failed: the instance does not accept the token in '";
      assertThat(
              CommandRun.of(
                      "deploy", "new", "--target", server.target(), "--control-token-file=" + wrong)
                  .out())
          .contains(words + wrong);
      assertThat(
              CommandRun.of("status", "--target", server.target(), "--control-token-file=" + wrong)
                  .out())
          .startsWith(words + wrong);

      CommandRun none = CommandRun.of("deploy", "new", "--target", server.target());
      assertThat(none.out()).contains("requires credentials; give --control-token-file FILE");
    }
  }

  @Test
  void tlsIsSpokenToThoseWhoAreTrusted() throws Exception {
    TestCertificates trusted = TestCertificates.create(directory, "trusted");
    TestCertificates other = TestCertificates.create(directory, "other");
    ScriptedControl control = new ScriptedControl().course(DeployCommandTest::provenAtOnce);
    Path token = Files.writeString(directory.resolve("token"), "secret");
    try (ControlServer server =
        ControlServer.onLoopback(0, control, "secret", trusted.serverContext(false))) {
      CommandRun done =
          CommandRun.of(
              "deploy",
              "new",
              "--target",
              server.target(),
              "--control-token-file",
              token.toString(),
              "--control-tls-ca",
              trusted.authority().toString());
      assertThat(done.exitCode()).as(done.out()).isZero();

      CommandRun untrusted =
          CommandRun.of(
              "deploy",
              "new",
              "--target",
              server.target(),
              "--control-tls-ca",
              other.authority().toString());
      assertThat(untrusted.exitCode()).isEqualTo(1);
      assertThat(untrusted.out()).contains("the TLS handshake fails", "check --control-tls-ca");
    }
  }

  @Test
  void mutualTlsShowsTheClientsCertificate() throws Exception {
    TestCertificates trusted = TestCertificates.create(directory, "trusted");
    ScriptedControl control = new ScriptedControl().course(DeployCommandTest::provenAtOnce);
    try (ControlServer server =
        ControlServer.onLoopback(0, control, null, trusted.serverContext(true))) {
      CommandRun done =
          CommandRun.of(
              "deploy",
              "new",
              "--target",
              server.target(),
              "--control-tls-ca",
              trusted.authority().toString(),
              "--control-tls-cert",
              trusted.certificate().toString(),
              "--control-tls-key",
              trusted.key().toString());
      assertThat(done.exitCode()).as(done.out()).isZero();

      CommandRun anonymous =
          CommandRun.of(
              "deploy",
              "new",
              "--target",
              server.target(),
              "--connect-timeout",
              "500ms",
              "--control-tls-ca",
              trusted.authority().toString());
      assertThat(anonymous.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void rollbackAsksEachInstanceForItsOwn() throws IOException {
    ScriptedControl control = new ScriptedControl().course(DeployCommandTest::provenAtOnce);
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun run =
          CommandRun.of("rollback", "--target", server.target(), "--deploy-id", "back-1", "--json");

      assertThat(run.exitCode()).isZero();
      assertThat(control.rollbacks).hasSize(1);
      assertThat(control.rollbacks.get(0).getDeployId()).isEqualTo("back-1");
      assertThat(run.json()).last().extracting("commit").isEqualTo("new");
    }
  }

  private static void wholeCourse(String id, StreamObserver<DeployEvent> events) {
    events.onNext(
        ScriptedControl.event(id)
            .setAccepted(Accepted.newBuilder().setRunning("old").setStrategy("process"))
            .build());
    events.onNext(
        ScriptedControl.event(id)
            .setStaging(Staging.newBuilder().setBytesDone(5).setBytesTotal(9))
            .build());
    events.onNext(ScriptedControl.event(id).setStaged(Staged.getDefaultInstance()).build());
    events.onNext(
        ScriptedControl.event(id).setPreDraining(PreDraining.newBuilder().setUntilMs(98)).build());
    events.onNext(
        ScriptedControl.event(id).setActivated(Activated.newBuilder().setFrom("old")).build());
    events.onNext(
        ScriptedControl.event(id).setDraining(Draining.newBuilder().setDeadlineMs(99)).build());
    events.onNext(
        ScriptedControl.event(id)
            .setReloading(Reloading.newBuilder().setStrategy("process").setProcessEnds(true))
            .build());
  }

  private static void provenAtOnce(String id, StreamObserver<DeployEvent> events) {
    finished(
        events, ScriptedControl.outcome(id, Outcome.newBuilder().setResult(Result.RESULT_PROVEN)));
  }

  private static void finished(StreamObserver<DeployEvent> events, DeployEvent last) {
    events.onNext(last);
    events.onCompleted();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
