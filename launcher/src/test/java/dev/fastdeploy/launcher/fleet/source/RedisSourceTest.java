package dev.fastdeploy.launcher.fleet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.contract.RedisSet;
import dev.fastdeploy.launcher.fleet.plan.Member;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.program.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** With the real {@code redis-server}. */
class RedisSourceTest extends LiveSourceContract {

  private static final String KEY = "fleet:shop";
  private static final String ADMIN = "admin-secret";

  @TempDir static Path home = Path.of("");
  private static int port;
  private static @Nullable Process server;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeAll
  static void startServer() throws Exception {
    assumeTrue(Programs.has("redis-server"), "there is no redis-server in PATH");
    port = freePort();
    server =
        new ProcessBuilder(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--save",
                "",
                "--dir",
                home.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    await().atMost(PATIENT).ignoreExceptions().until(() -> admin("").ping().equals("PONG"));
    try (Jedis redis = admin("")) {
      redis.aclSetUser("reader", "on", "nopass", "~fleet:*", "+time", "+zrange");
      redis.aclSetUser("guarded", "on", ">first", "~fleet:*", "+time", "+zrange");
      redis.aclSetUser("default", "on", "resetpass", ">" + ADMIN);
    }
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
  }

  @BeforeEach
  void userNeedsNoPassword() {
    environment.clear();
  }

  @AfterEach
  void wakeServer() throws Exception {
    signal("CONT");
  }

  @Override
  FleetSource finding(Duration patience, String... addresses) throws Exception {
    has(addresses);
    return source("reader", patience);
  }

  private FleetSource source(String user, Duration patience) {
    return FleetSources.parse(
        "redis://" + user + "@127.0.0.1:" + port + "/" + KEY,
        new SourceSettings(environment, patience, FileOrigin.SETTLED, Path.of("none")));
  }

  @Override
  void has(String... addresses) throws Exception {
    signal("CONT");
    try (Jedis redis = admin(ADMIN)) {
      redis.del(KEY);
      for (String address : addresses) {
        redis.zadd(KEY, (double) (now(redis) + 3_600_000), address);
      }
    }
  }

  @Override
  void hasNobody() {
    try (Jedis redis = admin(ADMIN)) {
      redis.del(KEY);
    }
  }

  @Override
  void breaksOff() throws Exception {
    adds("10.0.0.2:", 3_600_000);
  }

  @Override
  void fails() {
    try (Jedis redis = admin(ADMIN)) {
      redis.set(KEY, "no set");
    }
  }

  @Override
  String isWrong() throws Exception {
    adds("host:port|z", 3_600_000);
    return "in '" + KEY + "': the target 'host:port' is not understood";
  }

  @Override
  void hangs() throws Exception {
    signal("STOP");
  }

  private static void adds(String entry, long millis) {
    try (Jedis redis = admin(ADMIN)) {
      redis.zadd(KEY, (double) (now(redis) + millis), entry);
    }
  }

  private static long now(Jedis redis) {
    return Long.parseLong(redis.time().get(0)) * 1000;
  }

  private static Jedis admin(String password) {
    DefaultJedisClientConfig.Builder configuration = DefaultJedisClientConfig.builder();
    if (!password.isEmpty()) {
      configuration.password(password);
    }
    return new Jedis(new HostAndPort("127.0.0.1", port), configuration.build());
  }

  private static void signal(String name) throws Exception {
    if (server != null) {
      Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(server.pid())).start();
      assertThat(kill.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anEntryMayTellZoneAndId() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    adds("10.0.0.2:7400|eu-1b|task-2", 7_200_000);

    assertThat(seen(source.ask()).members())
        .containsExactly(
            new Member(new MemberId("task-2"), TWO, "eu-1b"),
            new Member(new MemberId(ONE), ONE, ""));
  }

  @Test
  void whoHasExpiredIsNoMember() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    adds(TWO, -1000);

    assertThat(addresses(source.ask())).containsExactly(ONE);
  }

  @Test
  void onlyExpiredOnesAreNobody() throws Exception {
    FleetSource source = opened(PATIENT);
    adds(TWO, -1000);

    assertThat(why(source.ask()))
        .startsWith("the sorted set '" + KEY + "' of 127.0.0.1:" + port + " has no instance");
  }

  /** A container that was replaced at the same address, or under the same id. */
  @Test
  void theEntryThatExpiresLastCounts() throws Exception {
    FleetSource source = opened(PATIENT);
    adds("10.0.0.1:7400|a|old", 60_000);
    adds("10.0.0.1:7400|a|new", 90_000);
    adds("10.0.0.2:7400|a|moved", 60_000);
    adds("10.0.0.3:7400|a|moved", 90_000);

    assertThat(seen(source.ask()).members())
        .containsExactlyInAnyOrder(
            new Member(new MemberId("new"), ONE, "a"),
            new Member(new MemberId("moved"), THREE, "a"));
  }

  @Test
  void thePasswordIsReadAtEachQuestion() throws Exception {
    Path file = Files.writeString(home.resolve("password"), "wrong\n");
    environment.put(RedisSet.PASSWORD_FILE, file.toString());
    has(ONE);
    try (FleetSource source = source("guarded", PATIENT)) {
      assertThat(why(source.ask()))
          .contains(" refused the login (WRONGPASS", RedisSet.PASSWORD_FILE)
          .doesNotContain("wrong\n");
      Files.writeString(file, "first\n");
      assertThat(addresses(source.ask())).containsExactly(ONE);
      Files.delete(file);
      assertThat(why(source.ask()))
          .isEqualTo("'" + file + "' (REDIS_PASSWORD_FILE) cannot be read");
    }
  }

  @Test
  void aServerThatWantsALoginIsToldOf() throws Exception {
    has(ONE);
    try (FleetSource source = FleetSources.parse("redis://127.0.0.1:" + port + "/" + KEY)) {
      assertThat(why(source.ask())).contains("NOAUTH");
    }
  }

  @Test
  void anotherKindOfKeyIsToldOf() throws Exception {
    FleetSource source = opened(PATIENT, ONE);
    fails();

    assertThat(why(source.ask())).contains("does not answer for '" + KEY + "': WRONGTYPE");
  }

  @Test
  void aServerThatIsAwayIsNamed() throws Exception {
    int unused = freePort();

    assertThat(why(FleetSources.parse("redis://127.0.0.1:" + unused + "/k").ask()))
        .startsWith("no answer from 127.0.0.1:" + unused + ": ");
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** As a proxy does whose server dies. */
  @Test
  void aReplyThatBreaksOffIsUnknown() throws Exception {
    try (ServerSocket half = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answerHalf(half));
      answering.start();
      assertThat(why(FleetSources.parse("redis://127.0.0.1:" + half.getLocalPort() + "/k").ask()))
          .startsWith("no answer from 127.0.0.1:" + half.getLocalPort());
      answering.join();
    }
  }

  private static void answerHalf(ServerSocket server) {
    byte[] request = new byte[1024];
    try (Socket client = server.accept()) {
      assertThat(client.getInputStream().read(request)).isPositive();
      client
          .getOutputStream()
          .write("*2\r\n$1\r\n1\r\n$1\r\n1\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(client.getInputStream().read(request)).isPositive();
      client
          .getOutputStream()
          .write(("*2\r\n$13\r\n" + ONE + "\r\n$13\r\n10.0").getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void whatIsNoTlsIsNotAsked() throws Exception {
    has(ONE);
    try (FleetSource source =
        FleetSources.parse(
            "rediss://reader@127.0.0.1:" + port + "/" + KEY,
            new SourceSettings(environment, SHORT, FileOrigin.SETTLED, Path.of("none")))) {
      assertThat(why(source.ask())).contains("no answer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://",
        "redis:///key",
        "redis://h",
        "redis://h/",
        "redis://h:0/k",
        "redis://h:70000/k",
        "redis://h/k?db=1",
        "rediss://h/k#x",
        "redis://h_/k y"
      })
  void whatIsNoSetIsRefused(String text) {
    assertThatThrownBy(() -> FleetSources.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the source '" + text + "' is not understood; write redis://HOST:PORT/KEY");
  }

  @ParameterizedTest
  @CsvSource({"redis://u:s3cret@h/k, redis://u:***@h/k", "rediss://:s3cret@h/k, rediss://:***@h/k"})
  void aPasswordIsRefusedAndNotRepeated(String text, String shown) {
    assertThatThrownBy(() -> FleetSources.parse(text))
        .hasMessageStartingWith(
            "the source '" + shown + "' is not understood; arguments are visible")
        .hasMessageContaining("REDIS_PASSWORD_FILE")
        .hasMessageNotContaining("s3cret");
  }
}
