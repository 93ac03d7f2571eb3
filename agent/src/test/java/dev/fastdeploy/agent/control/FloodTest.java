package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.Certificates;
import dev.fastdeploy.agent.testing.ControlClient;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.control.v1.GetStatusRequest;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients without credentials that send what they like, by real sockets: what they cost is bounded,
 * and a client with a token is served meanwhile.
 */
class FloodTest {

  private static final String DEPLOY = "/fastdeploy.control.v1.Control/Deploy";
  private static final int PATIENCE_MILLIS = 30_000;
  private static final ConnectionPlaces PLACES = new ConnectionPlaces(20, 5, 5);

  private @TempDir Path directory;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private Consumer<String> speaker;
  private Path tokens;

  @BeforeEach
  void setUp() throws Exception {
    speaker = Diagnostics.sayBy(said::add);
    tokens = Endpoint.secret(directory.resolve("t"), "secret\n");
  }

  @AfterEach
  void listenNoMore() {
    Diagnostics.sayBy(speaker);
  }

  @Test
  void clientsThatOnlyConnectTakeNoMoreThanTheirPlaces() throws Exception {
    List<RawHttp2> clients = new ArrayList<>();
    try (Endpoint endpoint = endpoint();
        ControlClient before = ControlClient.withToken(endpoint.address(), "secret");
        ControlClient after = ControlClient.withToken(endpoint.address(), "secret")) {
      assertServed(before);
      for (int i = 0; i < 300; i++) {
        clients.add(
            i % 2 == 0 ? RawHttp2.greeting(endpoint.address()) : new RawHttp2(endpoint.address()));
      }

      assertServed(before);
      assertServed(after);
      assertThat(clients.get(0).endsWithin(PATIENCE_MILLIS)).isTrue();
      assertThat(endpoint.connections().count(Role.NONE)).isLessThanOrEqualTo(PLACES.unproven());
      assertThat(endpoint.connections().count(Role.DEPLOY)).isEqualTo(2);
      assertLogIsShort();
    } finally {
      close(clients);
    }
    assertThat(said).anyMatch(line -> line.contains("decision=closed:place-needed"));
  }

  @Test
  void aClientThatShowsNothingIsClosedInTime() throws Exception {
    ConnectionGuard.Allowance brief =
        new ConnectionGuard.Allowance(Duration.ofSeconds(1), 192 * 1024, 32);
    Certificates certificates = new Certificates(directory);
    TlsFiles server = certificates.selfSigned("server", "CN=instance", "dns:localhost");
    for (TlsFiles tls : new TlsFiles[] {null, server}) {
      try (Endpoint endpoint = new Endpoint(Endpoint.loopback(tokens, null, tls), PLACES, brief);
          RawHttp2 silent = new RawHttp2(endpoint.address());
          RawHttp2 greeting = RawHttp2.greeting(endpoint.address());
          RawHttp2 handshake = new RawHttp2(endpoint.address())) {
        handshake.send(new byte[] {22, 3, 1, 2, 0, 1});
        assertThat(silent.endsWithin(PATIENCE_MILLIS)).isTrue();
        assertThat(greeting.endsWithin(PATIENCE_MILLIS)).isTrue();
        assertThat(handshake.endsWithin(PATIENCE_MILLIS)).isTrue();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> endpoint.connections().count(Role.NONE) == 0);
      }
    }
    assertThat(said).noneMatch(line -> line.contains("decision=closed"));
  }

  @Test
  void callsThatAreTakenBackEndTheConnection() throws Exception {
    assertEnds(
        i -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          out.writeBytes(
              RawHttp2.frame(
                  RawHttp2.HEADERS, RawHttp2.END_HEADERS, 2 * i + 1, RawHttp2.call(DEPLOY)));
          out.writeBytes(
              RawHttp2.frame(RawHttp2.RST_STREAM, 0, 2 * i + 1, new byte[] {0, 0, 0, 8}));
          return out.toByteArray();
        });
  }

  @Test
  void refusedCallsEndTheConnection() throws Exception {
    assertEnds(
        i ->
            RawHttp2.frame(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                2 * i + 1,
                RawHttp2.call(DEPLOY)));
  }

  @Test
  void callsOfMethodsThatAreNotThereEndTheConnection() throws Exception {
    assertEnds(
        i ->
            RawHttp2.frame(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                2 * i + 1,
                RawHttp2.call("/x.Y/Z" + i)));
  }

  @Test
  void headersWithoutEndEndTheConnection() throws Exception {
    assertEnds(
        i ->
            i == 0
                ? RawHttp2.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.call(DEPLOY))
                : RawHttp2.frame(RawHttp2.CONTINUATION, 0, 1, new byte[] {0, 1, 'a', 1, 'b'}));
  }

  @Test
  void largeHeadersEndTheConnection() throws Exception {
    assertEnds(
        i -> {
          ByteArrayOutputStream headers = new ByteArrayOutputStream();
          headers.writeBytes(RawHttp2.call(DEPLOY));
          RawHttp2.header(headers, "x", "y".repeat(12_000));
          return RawHttp2.frame(
              RawHttp2.HEADERS, RawHttp2.END_HEADERS, 2 * i + 1, headers.toByteArray());
        });
  }

  @Test
  void pingsAndSettingsEndTheConnection() throws Exception {
    assertEnds(i -> RawHttp2.frame(RawHttp2.PING, 0, 0, new byte[8]));
    assertEnds(i -> RawHttp2.frame(RawHttp2.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, (byte) i}));
  }

  @Test
  void dataThatNobodyAskedForEndsTheConnection() throws Exception {
    assertEnds(
        i ->
            i == 0
                ? RawHttp2.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.call("/x.Y/Z"))
                : RawHttp2.frame(RawHttp2.DATA, 0, 1, new byte[1]));
  }

  /** Any frames; longer by {@code -Dfastdeploy.fuzz.seconds=N}. */
  @Test
  void whateverFramesComeTheEndpointServes() throws Exception {
    long seed = Long.getLong("fastdeploy.fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    long end =
        System.nanoTime() + Integer.getInteger("fastdeploy.fuzz.seconds", 2) * 1_000_000_000L;
    List<RawHttp2> open = new ArrayList<>();
    try (Endpoint endpoint = endpoint();
        ControlClient client = ControlClient.withToken(endpoint.address(), "secret")) {
      assertServed(client);
      long heap = usedHeap();
      do {
        RawHttp2 one = RawHttp2.greeting(endpoint.address());
        open.add(one);
        try {
          for (int i = 0; i < 200; i++) {
            one.send(anyFrame(random, i));
          }
        } catch (IOException closed) {
          // As it should be.
        }
        if (open.size() > 60) {
          close(open);
          open.clear();
        }
      } while (System.nanoTime() < end);

      assertServed(client);
      try (ControlClient another = ControlClient.withToken(endpoint.address(), "secret")) {
        assertServed(another);
      }
      assertThat(endpoint.connections().count(Role.NONE)).isLessThanOrEqualTo(PLACES.unproven());
      assertThat(usedHeap() - heap).as("heap").isLessThan(64L * 1024 * 1024);
      assertLogIsShort();
    } catch (AssertionError | Exception failure) {
      throw new AssertionError("-Dfastdeploy.fuzz.seed=" + seed, failure);
    } finally {
      close(open);
    }
  }

  private static byte[] anyFrame(Random random, int number) {
    int stream = random.nextInt(4) == 0 ? random.nextInt() : 2 * number + 1;
    int type = random.nextInt(5) == 0 ? random.nextInt(256) : random.nextInt(10);
    byte[] payload = new byte[random.nextInt(10) == 0 ? random.nextInt(5000) : random.nextInt(20)];
    random.nextBytes(payload);
    return switch (random.nextInt(3)) {
      case 0 -> RawHttp2.frame(type, random.nextInt(256), stream, payload);
      case 1 ->
          RawHttp2.frame(
              RawHttp2.HEADERS,
              RawHttp2.END_HEADERS,
              2 * number + 1,
              RawHttp2.call(random.nextBoolean() ? DEPLOY : "/grpc.health.v1.Health/Watch"));
      default -> RawHttp2.frame(type, 0, 0, payload);
    };
  }

  /** Sends frames until the server has had enough, long before millions. */
  private void assertEnds(IntFunction<byte[]> frames) throws Exception {
    try (Endpoint endpoint = endpoint();
        ControlClient client = ControlClient.withToken(endpoint.address(), "secret")) {
      assertServed(client);
      try (RawHttp2 flood = RawHttp2.greeting(endpoint.address())) {
        try {
          for (int i = 0; i < 200_000; i++) {
            flood.send(frames.apply(i));
          }
        } catch (IOException closed) {
          // As it should be.
        }
        assertThat(flood.endsWithin(PATIENCE_MILLIS)).isTrue();
      }
      assertServed(client);
    }
    assertLogIsShort();
  }

  private Endpoint endpoint() throws IOException {
    return new Endpoint(Endpoint.loopback(tokens, null, null), PLACES, Endpoint.PATIENT);
  }

  private static void assertServed(ControlClient client) {
    assertThat(Calls.code(() -> client.control().getStatus(GetStatusRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.OK);
  }

  private void assertLogIsShort() {
    assertThat(
            said.stream().filter(line -> line.contains(" audit ")).mapToInt(String::length).sum())
        .as("bytes of the audit")
        .isLessThan(64 * 1024);
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void close(List<RawHttp2> clients) throws IOException {
    for (RawHttp2 client : clients) {
      client.close();
    }
  }
}
