package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.LauncherProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wrong, missing and outdated credentials, and requests that somebody sends again: each is refused
 * with its line in the audit, and changes nothing.
 */
@Timeout(150)
class CredentialsIT {

  @TempDir Path folder;
  private final int port = freePort();
  private final String address = "127.0.0.1:" + port;
  private TestBed bed;
  private LauncherProcess launcher;

  private static int freePort() {
    try {
      return FreePorts.one();
    } catch (IOException none) {
      throw new IllegalStateException("no port is free", none);
    }
  }

  @AfterEach
  void closeBed() {
    bed.close();
  }

  @Test
  void tokensThatAreMissingWrongOrWithdrawnAreRefused() throws Exception {
    bed = new TestBed(Jdks.byTurns(0), folder);
    Path tokens = secret("tokens", "first-0123456789abcdef");
    Path readers = secret("readers", "reader-0123456789abcdef");
    start(
        "--control-token-file", tokens.toString(), "--control-read-token-file", readers.toString());
    awaitAllowed("--control-token-file", tokens.toString());

    assertRefused("requires credentials", "identity=-", "unauthenticated");
    assertRefused(
        "does not accept the token",
        "identity=-",
        "unauthenticated",
        "--control-token-file",
        secret("wrong", "wrong-0123456789abcdef").toString());
    assertRefused(
        "may only read",
        "identity=read-token:1",
        "denied",
        "--control-token-file",
        readers.toString());

    Path old = secret("old", "first-0123456789abcdef");
    replace(secret("next", "second-0123456789abcdef"), tokens);
    assertRefused(
        "does not accept the token",
        "identity=-",
        "unauthenticated",
        "--control-token-file",
        old.toString());
    assertDeploys("identity=token:1", "--control-token-file", tokens.toString());
  }

  @Test
  void certificatesThatAreMissingForeignExpiredOrReplacedAreRefused() throws Exception {
    bed = new TestBed(Jdks.byTurns(1), folder);
    Authority authority = new Authority(folder, "ours");
    Authority other = new Authority(folder, "theirs");
    Authority.Identity server = authority.sign("instance", Duration.ofHours(1));
    Path trusted = Files.copy(authority.certificate(), folder.resolve("trusted.pem"));
    Path certificate = Files.copy(server.certificate(), folder.resolve("server.pem"));
    Path key = Files.copy(server.key(), folder.resolve("server-key.pem"));
    start(
        "--control-tls-cert",
        certificate.toString(),
        "--control-tls-key",
        key.toString(),
        "--control-tls-ca",
        trusted.toString(),
        "--control-deploy-identities",
        "pipeline,instance",
        "--control-read-identities",
        "brief");
    Authority.Identity pipeline = authority.sign("pipeline", Duration.ofHours(1));
    awaitAllowed(shown(authority, pipeline));
    Instant expiry = Instant.now().plusSeconds(40);
    Authority.Identity brief = authority.sign("brief", Duration.ofSeconds(40));
    assertThat(run("status", shown(authority, brief)).exitCode()).isZero();

    assertRefused(
        "requires credentials",
        "identity=-",
        "unauthenticated",
        "--control-tls-ca",
        trusted.toString());
    // The endpoint says whom it trusts, and who is honest shows nothing else.
    assertRefused(
        "does not accept the certificate",
        "identity=-",
        "unauthenticated",
        shown(authority, other.sign("stranger", Duration.ofHours(1))));
    assertRefused(
        "is named neither in --control-deploy-identities nor",
        "identity=cert:billing",
        "denied",
        shown(authority, authority.sign("billing", Duration.ofHours(1))));
    assertRefused(
        "does not deploy",
        "identity=cert:instance",
        "denied",
        shown(authority, authority.sign("instance", Duration.ofHours(1))));
    Authority impostor = new Authority(Files.createDirectory(folder.resolve("impostor")), "ours");
    assertRefused(
        "",
        "identity=refused-cert:mallory call=tls-handshake",
        "unauthenticated:untrusted",
        shown(authority, impostor.sign("mallory", Duration.ofHours(1))));
    Awaitility.await("expiry").atMost(TestBed.PATIENCE).until(() -> Instant.now().isAfter(expiry));
    assertRefused(
        "",
        "identity=refused-cert:brief call=tls-handshake",
        "unauthenticated:expired",
        shown(authority, brief));

    Authority.Identity renewed = other.sign("instance", Duration.ofHours(1));
    replace(renewed.key(), key);
    replace(renewed.certificate(), certificate);
    replace(Files.copy(other.certificate(), folder.resolve("trusted-next.pem")), trusted);
    Authority.Identity next = other.sign("pipeline", Duration.ofHours(1));
    awaitAllowed(shown(other, next));
    assertRefused(
        "does not accept the certificate", "identity=-", "unauthenticated", shown(other, pipeline));
    assertDeploys("identity=cert:pipeline", shown(other, next));
  }

  @Test
  @Tag("wide")
  void aRequestThatIsSentAgainOrArrivesTooLateChangesNothing() throws Exception {
    bed = new TestBed(Jdks.byTurns(0), folder);
    Path tokens = secret("tokens", "first-0123456789abcdef");
    start("--control-token-file", tokens.toString());
    bed.publish(bed.demoRelease("c3"), "c3");
    String[] token = {"--control-token-file", tokens.toString()};
    awaitAllowed(token);
    try (RequestRecorder held = new RequestRecorder(port, true);
        RequestRecorder seen = new RequestRecorder(port, false)) {
      CommandResult lost =
          deploy(held.target(), "c2", "held", "--connect-timeout", "6s", token[0], token[1]);
      assertThat(lost.exitCode()).as(lost.toString()).isEqualTo(2);
      CommandResult done = deploy(seen.target(), "c3", "seen", token);
      assertThat(String.join("", done.stdout())).contains("\"PROVEN\"");

      held.replay();
      awaitAudit("deploy=held commit=c2 decision=refused:OLDER_SEQUENCE");
      seen.replay();
      awaitAudit("deploy=seen commit=c3 decision=known:PROVEN");
    }

    assertThat(bed.servedCommit()).isEqualTo("c3");
    assertThat(launcher.output().stderr())
        .filteredOn(line -> line.contains("is started, on probation"))
        .hasSize(1);
  }

  private void start(String... options) throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    LauncherProcess.Builder builder =
        bed.demoLauncher(bed.demoRelease("c1"), "c1").option("--control-listen", address);
    for (int i = 0; i < options.length; i += 2) {
      builder.option(options[i], options[i + 1]);
    }
    launcher = bed.start(builder);
    bed.awaitServing("c1", launcher);
  }

  private Path secret(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content + "\n");
  }

  /** As a secret that is mounted is replaced: at once. */
  private static void replace(Path by, Path file) throws IOException {
    Files.move(by, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String[] shown(Authority trusted, Authority.Identity identity) {
    return new String[] {
      "--control-tls-ca", trusted.certificate().toString(),
      "--control-tls-cert", identity.certificate().toString(),
      "--control-tls-key", identity.key().toString()
    };
  }

  private CommandResult run(String command, String... options) throws Exception {
    List<Object> words = new ArrayList<>(List.of(command, "--target", address));
    words.addAll(List.of(options));
    return bed.run(words.toArray());
  }

  private CommandResult deploy(String target, String commit, String id, String... options)
      throws Exception {
    List<Object> words =
        new ArrayList<>(List.of("deploy", commit, "--target", target, "--deploy-id", id, "--json"));
    words.addAll(List.of(options));
    return bed.run(words.toArray());
  }

  private void awaitAllowed(String... options) {
    Awaitility.await("the endpoint listens")
        .atMost(TestBed.PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(this::accepts);
    // A command is a JVM: the others need the processors, too.
    Awaitility.await("the endpoint answers")
        .atMost(TestBed.PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(3))
        .until(() -> run("status", options).exitCode() == 0);
  }

  private boolean accepts() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  private void assertRefused(String said, String who, String decision, String... options)
      throws Exception {
    long before = audited(who, " decision=" + decision);
    CommandResult result = deploy(address, "c2", "d-refused", options);

    assertThat(result.exitCode()).as(result.toString()).isNotZero();
    assertThat(result.toString()).contains(said);
    Awaitility.await("one more line of " + who + " " + decision)
        .atMost(TestBed.PATIENCE)
        .until(() -> audited(who, " decision=" + decision) > before);
    assertThat(bed.servedCommit()).isEqualTo("c1");
  }

  private void assertDeploys(String who, String... options) throws Exception {
    CommandResult result = deploy(address, "c2", "d-allowed", options);

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(bed.servedCommit()).isEqualTo("c2");
    awaitAudit(who, "deploy=d-allowed commit=c2 decision=accepted");
  }

  private void awaitAudit(String... parts) {
    Awaitility.await(String.join(" ", parts))
        .atMost(TestBed.PATIENCE)
        .until(() -> audited(parts) > 0);
  }

  private long audited(String... parts) {
    return launcher.output().stderr().stream()
        .filter(line -> line.startsWith("fastdeploy: audit time="))
        .filter(line -> List.of(parts).stream().allMatch(line::contains))
        .count();
  }
}
