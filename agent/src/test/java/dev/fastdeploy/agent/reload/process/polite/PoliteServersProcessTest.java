package dev.fastdeploy.agent.reload.process.polite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.testing.JavaHome;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Servers with kept-alive connections. Half of them share a JVM of one JDK, half one of the other;
 * the slow profile has each on the other JDK as well. A server is started when its turn comes, so
 * those before it are changed once more with it.
 */
final class PoliteServersProcessTest {

  private static final String BODY = new String(SampleServer.BODY, StandardCharsets.US_ASCII);
  private static final String CALL = "/sample/call";

  @TempDir static Path directory;

  private static final Map<Shared, PoliteJvm> JVMS = new HashMap<>();

  /** A JVM that servers share. What is told of the agent's own would be told of gRPC and Netty. */
  private enum Group {
    WITHOUT_NETTY(0),
    WITH_NETTY(1);

    private final int turn;

    Group(int turn) {
      this.turn = turn;
    }
  }

  private enum Kind {
    JDK(Group.WITHOUT_NETTY, "JDK HTTP server"),
    TOMCAT(Group.WITHOUT_NETTY, "Tomcat HTTP/1.1, Tomcat HTTP/2"),
    UNDERTOW(Group.WITHOUT_NETTY, "Undertow HTTP/1.1, Undertow HTTP/2"),
    JETTY(Group.WITH_NETTY, "Jetty HTTP/1.1, Jetty HTTP/2"),
    NETTY(Group.WITH_NETTY, "Netty HTTP/1.1, Netty HTTP/2"),
    GRPC(Group.WITH_NETTY, "Netty HTTP/2");

    private final Group group;
    private final String names;

    Kind(Group group, String names) {
      this.group = group;
      this.names = names;
    }

    String argument() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Shared(Group group, int turn) {}

  @AfterAll
  static void endThem() {
    JVMS.values().forEach(PoliteJvm::close);
    JVMS.clear();
  }

  @ParameterizedTest
  @EnumSource
  void endsKeptAliveConnections(Kind kind) throws Exception {
    endsKeptAliveConnections(kind, 0);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("wide")
  void endsKeptAliveConnectionsOnTheOtherJdk(Kind kind) throws Exception {
    endsKeptAliveConnections(kind, 1);
  }

  @Test
  void leavesTheAgentsOwnServerAlone() throws Exception {
    leavesTheAgentsOwnServerAlone(0);
  }

  @Test
  @Tag("wide")
  void leavesTheAgentsOwnServerAloneOnTheOtherJdk() throws Exception {
    leavesTheAgentsOwnServerAlone(1);
  }

  private static void endsKeptAliveConnections(Kind kind, int turn) throws Exception {
    PoliteJvm jvm = jvm(kind.group, turn);
    SampleServer.Ports ports = jvm.start(kind.argument());
    List<Clients> clients = new ArrayList<>();
    try {
      if (ports.http1() != 0) {
        clients.add(new Http1(ports.http1()));
      }
      if (ports.http2() != 0) {
        clients.add(new Http2(ports.http2(), kind));
      }
      for (Clients each : clients) {
        each.areKept();
      }

      assertThat(jvm.makePolite()).contains(kind.names);

      for (Clients each : clients) {
        each.areEnded();
      }
      assertThat(jvm.said()).isEmpty();
    } finally {
      for (Clients each : clients) {
        each.close();
      }
    }
  }

  private static void leavesTheAgentsOwnServerAlone(int turn) throws Exception {
    PoliteJvm jvm = jvm(Group.WITHOUT_NETTY, turn);
    assertThat(jvm.start(Kind.JDK.argument()).http1()).isPositive();
    try (Http2Client client = new Http2Client(jvm.startOwn(Kind.GRPC.argument()).http2())) {
      assertAnswered(client, client.call(CALL));

      assertThat(jvm.makePolite()).contains(Kind.JDK.names).doesNotContain("Netty");

      assertAnswered(client, client.call(CALL));
      assertThat(client.lastStreams()).isEmpty();
    }
  }

  private static PoliteJvm jvm(Group group, int turn) throws IOException {
    Shared shared = new Shared(group, turn);
    PoliteJvm running = JVMS.get(shared);
    if (running == null) {
      running = new PoliteJvm(JavaHome.byTurns(group.turn + turn), directory);
      JVMS.put(shared, running);
    }
    return running;
  }

  /** The clients of a server, with connections that are open when it is made polite. */
  private interface Clients extends Closeable {

    void areKept() throws IOException;

    void areEnded() throws IOException;
  }

  /** The next answer of each connection is the last. */
  private static final class Http1 implements Clients {

    private final int port;
    private final KeptAlive whole;
    private final KeptAlive streamed;

    Http1(int port) throws IOException {
      this.port = port;
      this.whole = new KeptAlive(port);
      this.streamed = new KeptAlive(port);
    }

    @Override
    public void areKept() throws IOException {
      assertKept(whole.get("/"));
      assertKept(whole.get("/streamed"));
      assertKept(streamed.get("/"));
    }

    @Override
    public void areEnded() throws IOException {
      assertLast(whole.get("/"));
      assertThat(whole.ends()).isTrue();
      assertLast(streamed.get("/streamed"));
      assertThat(streamed.ends()).isTrue();
      try (KeptAlive another = new KeptAlive(port)) {
        assertLast(another.get("/"));
        assertThat(another.ends()).isTrue();
      }
    }

    private static void assertKept(KeptAlive.Answer answer) {
      assertThat(answer.last()).isFalse();
      assertThat(answer.body()).isEqualTo(BODY);
    }

    private static void assertLast(KeptAlive.Answer answer) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.last()).isTrue();
      assertThat(answer.body()).isEqualTo(BODY);
    }

    @Override
    public void close() throws IOException {
      whole.close();
      streamed.close();
    }
  }

  /** The next request of each connection meets a GOAWAY. */
  private static final class Http2 implements Clients {

    private final int port;
    private final Kind kind;
    private final Http2Client client;

    Http2(int port, Kind kind) throws IOException {
      this.port = port;
      this.kind = kind;
      this.client = new Http2Client(port);
    }

    @Override
    public void areKept() throws IOException {
      assertAnswered(client, request(client));
      assertAnswered(client, request(client));
      assertThat(client.lastStreams()).isEmpty();
    }

    @Override
    public void areEnded() throws IOException {
      int first = request(client);
      // Jetty refuses it if the first one has ended.
      int beforeItKnows = kind == Kind.JETTY ? first : request(client);
      assertAnswered(client, first);
      assertAnswered(client, beforeItKnows);
      client.awaitGoAway();
      assertThat(client.lastStreams()).first().isEqualTo(Integer.MAX_VALUE);
      try (Http2Client another = new Http2Client(port)) {
        assertAnswered(another, request(another));
        another.awaitGoAway();
      }
      if (closesItself()) {
        client.awaitEnd();
      }
    }

    /** The others wait for the client, which has no reason to keep the connection. */
    private boolean closesItself() {
      return kind == Kind.NETTY || kind == Kind.GRPC;
    }

    private int request(Http2Client from) throws IOException {
      return kind == Kind.GRPC ? from.call(CALL) : from.get("/");
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  private static void assertAnswered(Http2Client client, int stream) throws IOException {
    assertThat(client.body(stream)).endsWith(SampleServer.BODY);
  }
}
