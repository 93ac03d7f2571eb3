package dev.fastdeploy.launcher.supervisor.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.RedisSet;
import dev.fastdeploy.launcher.command.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** With the real {@code redis-server}. */
@Isolated("hears what is said")
class RedisRegistrationTest {

  private static final String KEY = "fleet:shop";
  private static final Duration PATIENT = Duration.ofSeconds(60);
  private static final OwnAddress ANY = new OwnAddress("", 7400);

  @TempDir Path home = Path.of("");
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<RedisRegistration> registrations = new ArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private Consumer<String> speaker = said::add;
  private int port;
  private @Nullable Process server;

  @BeforeEach
  void hear() throws Exception {
    assumeTrue(isInPath("redis-server"), "there is no redis-server in PATH");
    speaker = Diagnostics.sayBy(said::add);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    registrations.forEach(RedisRegistration::close);
    Diagnostics.sayBy(speaker);
    stopServer();
    for (Thread thread : threads) {
      thread.join(PATIENT.toMillis());
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void anInstanceIsInTheSetUntilItStops() throws Exception {
    startServer();
    RedisRegistration registration = registration("", Duration.ofSeconds(30));
    registration.start("eu-west-1a", this::run);
    awaitMembers("127.0.0.1:7400|eu-west-1a");
    try (Jedis redis = redis()) {
      List<String> time = redis.time();
      double left =
          redis.zscore(KEY, "127.0.0.1:7400|eu-west-1a") - 1000.0 * Long.parseLong(time.get(0));
      assertThat(left).isBetween(30_000.0, 91_000.0);
    }

    registration.close();

    awaitMembers();
    assertThat(said).isEmpty();
  }

  @Test
  void leavingTakesItOutWithoutTheEnd() throws Exception {
    startServer();
    RedisRegistration registration = registration("", Duration.ofSeconds(30));
    registration.start("", this::run);
    awaitMembers("127.0.0.1:7400");

    registration.leave();

    awaitMembers();
  }

  @Test
  void itComesBackToARedisThatLostItsData() throws Exception {
    startServer();
    registration("", Duration.ofMillis(100)).start("", this::run);
    awaitMembers("127.0.0.1:7400");

    try (Jedis redis = redis()) {
      redis.del(KEY);
    }

    awaitMembers("127.0.0.1:7400");
  }

  @Test
  void aRedisThatIsDownIsToldOnceAndFoundWhenItIsBack() throws Exception {
    RedisRegistration registration = registration("", Duration.ofMillis(100));
    registration.start("", this::run);
    await().atMost(PATIENT).until(() -> !said.isEmpty());

    startServer();

    awaitMembers("127.0.0.1:7400");
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("fastdeploy: this instance is not registered at 127.0.0.1:" + port + ": ")
        .endsWith("; it serves, and tries again");
  }

  @Test
  void oneThatHangsHoldsNobodyUp() throws Exception {
    startServer();
    RedisRegistration registration = registration("", Duration.ofMillis(100));
    registration.start("", this::run);
    awaitMembers("127.0.0.1:7400");
    signal("STOP");

    long start = System.nanoTime();
    registration.close();

    // It waits a second, and less than the time that an answer may take.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    signal("CONT");
  }

  @Test
  void oneLogsInByUserAndByPasswordAlone() throws Exception {
    startServer();
    Path password = Files.writeString(home.resolve("password"), "wrong\n");
    try (Jedis redis = redis()) {
      redis.aclSetUser(
          "writer", "on", ">s3cret", "~fleet:*", "+time", "+zadd", "+zrem", "+zremrangebyscore");
    }
    Map<String, String> environment = Map.of(RedisSet.PASSWORD_FILE, password.toString());
    registration("writer", Duration.ofMillis(100), environment).start("", this::run);
    await().atMost(PATIENT).until(() -> !said.isEmpty());
    assertThat(said).singleElement().asString().contains("WRONGPASS").doesNotContain("wrong;");

    Files.writeString(password, "s3cret\n");

    awaitMembers("127.0.0.1:7400");
  }

  @Test
  void overTlsTheServerIsVerifiedByItsName() throws Exception {
    TestCertificates certificates = TestCertificates.create(home, "redis");
    startServer(
        "--port",
        "0",
        "--tls-port",
        "" + port,
        "--tls-auth-clients",
        "no",
        "--tls-cert-file",
        certificates.certificate().toString(),
        "--tls-key-file",
        certificates.key().toString(),
        "--tls-ca-cert-file",
        certificates.authority().toString());
    SSLSocketFactory trusting = trusting(certificates.authority());
    try (RedisRegistration other = overTls("127.0.0.1", trusting)) {
      other.start("", this::run);
      await().atMost(PATIENT).until(() -> !said.isEmpty());
      assertThat(said.get(0)).contains("matching IP address 127.0.0.1");
      said.clear();
    }
    try (RedisRegistration stranger =
        overTls("localhost", (SSLSocketFactory) SSLSocketFactory.getDefault())) {
      stranger.start("", this::run);
      await().atMost(PATIENT).until(() -> !said.isEmpty());
      assertThat(said.get(0)).contains("localhost:" + port + ": ").contains("PKIX");
      said.clear();
    }

    try (RedisRegistration registration = overTls("localhost", trusting)) {
      registration.start("", this::run);

      await()
          .atMost(PATIENT)
          .untilAsserted(() -> assertThat(askOverTls(trusting)).containsExactly("1"));
    }
    assertThat(said).isEmpty();
  }

  private RedisRegistration overTls(String host, SSLSocketFactory tls) {
    return new RedisRegistration(
        new RedisSet(host, port, "", KEY, true), ANY, Map.of(), Duration.ofMinutes(10), () -> tls);
  }

  private List<String> askOverTls(SSLSocketFactory tls) throws IOException {
    try (RedisConnection redis =
        RedisConnection.open(
            new RedisSet("localhost", port, "", KEY, true), Optional.empty(), PATIENT, () -> tls)) {
      return redis.call("ZCARD", KEY);
    }
  }

  private static SSLSocketFactory trusting(Path authority) throws Exception {
    KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      known.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  @Test
  void whatExpiredLongAgoIsForgotten() throws Exception {
    startServer();
    try (Jedis redis = redis()) {
      redis.zadd(KEY, 1000.0, "10.0.0.1:7400");
      redis.zadd(KEY, 1000.0 * Long.parseLong(redis.time().get(0)) - 60_000, "10.0.0.2:7400");
    }

    registration("", Duration.ofSeconds(30)).start("", this::run);

    await()
        .atMost(PATIENT)
        .untilAsserted(
            () ->
                assertThat(members()).containsExactlyInAnyOrder("10.0.0.2:7400", "127.0.0.1:7400"));
  }

  @Test
  void whatIsNoRedisIsToldSo() throws Exception {
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      Thread web =
          new Thread(
              () -> {
                try (var client = other.accept()) {
                  client
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException closed) {
                  // The test is over.
                }
              });
      web.start();
      registration("", Duration.ofMinutes(10)).start("", this::run);
      await().atMost(PATIENT).until(() -> !said.isEmpty());
      web.join();
    }
    assertThat(said.get(0)).contains("this is not an answer of Redis: 'HTTP/1.1 400 Bad Request'");
  }

  @Test
  void whoeverLeavesBeforeItBeginsIsNeverInTheSet() throws Exception {
    startServer();
    RedisRegistration registration = registration("", Duration.ofMillis(100));
    registration.leave();
    registration.start("", this::run);
    registration.close();

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(members()).isEmpty();
  }

  private RedisRegistration registration(String user, Duration again) {
    return registration(user, again, Map.of());
  }

  private RedisRegistration registration(
      String user, Duration again, Map<String, String> environment) {
    RedisRegistration registration =
        new RedisRegistration(
            new RedisSet("127.0.0.1", port, user, KEY, false),
            ANY,
            environment,
            again,
            () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    registrations.add(registration);
    return registration;
  }

  private void run(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    threads.add(thread);
    thread.start();
  }

  private void awaitMembers(String... expected) {
    await()
        .atMost(PATIENT)
        .untilAsserted(() -> assertThat(members()).containsExactlyInAnyOrder(expected));
  }

  private List<String> members() {
    try (Jedis redis = redis()) {
      return redis.zrange(KEY, 0, -1);
    }
  }

  private Jedis redis() {
    return new Jedis(new HostAndPort("127.0.0.1", port));
  }

  private void startServer() throws IOException {
    startServer("--port", "" + port);
  }

  private void startServer(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--save", ""));
    command.addAll(List.of(options));
    Path log = home.resolve("log");
    server =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    await()
        .atMost(PATIENT)
        .until(() -> Files.readString(log).contains("Ready to accept connections"));
  }

  private void stopServer() throws InterruptedException {
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-s", name, "" + Objects.requireNonNull(server).pid())
        .start()
        .waitFor();
  }

  private static boolean isInPath(String program) {
    for (String directory : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }
}
