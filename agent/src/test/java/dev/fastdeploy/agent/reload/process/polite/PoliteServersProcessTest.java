package dev.fastdeploy.agent.reload.process.polite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers with kept-alive connections, in a JVM of their own on each JDK. */
final class PoliteServersProcessTest {

  private static final String BODY = new String(SampleServer.BODY, StandardCharsets.US_ASCII);

  @TempDir Path directory;

  static Stream<Arguments> http1() {
    return onEach("jdk", "tomcat", "jetty", "undertow", "netty");
  }

  static Stream<Arguments> http2() {
    return onEach("tomcat", "jetty", "undertow", "netty", "grpc");
  }

  static Stream<JavaHome> homes() {
    return JavaHome.each();
  }

  private static Stream<Arguments> onEach(String... kinds) {
    return JavaHome.each().flatMap(java -> Stream.of(kinds).map(kind -> Arguments.of(java, kind)));
  }

  @ParameterizedTest
  @MethodSource("http1")
  void nextAnswerOfEachConnectionIsTheLast(JavaHome java, String kind) throws Exception {
    try (Jvm jvm = start(java, List.of("-javaagent:" + agent()), kind);
        KeptAlive whole = new KeptAlive(port(jvm, 1));
        KeptAlive streamed = new KeptAlive(port(jvm, 1))) {
      assertKept(whole.get("/"));
      assertKept(whole.get("/streamed"));
      assertKept(streamed.get("/"));

      assertThat(polite(jvm)).containsIgnoringCase(kind);

      assertLast(whole.get("/"));
      assertThat(whole.ends()).isTrue();
      assertLast(streamed.get("/streamed"));
      assertThat(streamed.ends()).isTrue();
      try (KeptAlive another = new KeptAlive(port(jvm, 1))) {
        assertLast(another.get("/"));
        assertThat(another.ends()).isTrue();
      }
      assertThat(jvm.said()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("http2")
  void nextRequestOfEachConnectionMeetsGoAway(JavaHome java, String kind) throws Exception {
    try (Jvm jvm = start(java, List.of("-javaagent:" + agent()), kind);
        Http2Client client = new Http2Client(port(jvm, 2))) {
      assertAnswered(client, request(client, kind));
      assertAnswered(client, request(client, kind));
      assertThat(client.lastStreams()).isEmpty();

      assertThat(polite(jvm)).contains("HTTP/2");

      int first = request(client, kind);
      // Jetty refuses it if the first one has ended.
      int beforeItKnows = kind.equals("jetty") ? first : request(client, kind);
      assertAnswered(client, first);
      assertAnswered(client, beforeItKnows);
      client.awaitGoAway();
      assertThat(client.lastStreams()).first().isEqualTo(Integer.MAX_VALUE);
      try (Http2Client another = new Http2Client(port(jvm, 2))) {
        assertAnswered(another, request(another, kind));
        another.awaitGoAway();
      }
      if (closesItself(kind)) {
        client.awaitEnd();
      }
      assertThat(jvm.said()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("homes")
  void serverOfTheAgentIsLeftAlone(JavaHome java) throws Exception {
    try (Jvm jvm = start(java, List.of("-javaagent:" + agent() + "=grpc"), "jdk");
        Http2Client client = new Http2Client(port(jvm, 2))) {
      assertAnswered(client, client.call("/sample/call"));

      assertThat(polite(jvm)).startsWith("[JDK HTTP server] ");

      assertAnswered(client, client.call("/sample/call"));
      assertThat(client.lastStreams()).isEmpty();
    }
  }

  /** The others wait for the client, which has no reason to keep the connection. */
  private static boolean closesItself(String kind) {
    return kind.equals("netty") || kind.equals("grpc");
  }

  private static int request(Http2Client client, String kind) throws IOException {
    return kind.equals("grpc") ? client.call("/sample/call") : client.get("/");
  }

  private static void assertAnswered(Http2Client client, int stream) throws IOException {
    assertThat(client.body(stream)).endsWith(SampleServer.BODY);
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

  private String polite(Jvm jvm) throws IOException {
    jvm.send("polite");
    return awaitLine(jvm, "[");
  }

  private static int port(Jvm jvm, int word) {
    return Integer.parseInt(awaitLine(jvm, "ports").split(" ", -1)[word]);
  }

  private static String awaitLine(Jvm jvm, String begin) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !jvm.alive() || line(jvm, begin).isPresent());
    return line(jvm, begin)
        .orElseThrow(
            () -> new AssertionError("no line " + begin + ": " + jvm.out() + " " + jvm.err()));
  }

  private static Optional<String> line(Jvm jvm, String begin) {
    return jvm.out().stream().filter(line -> line.startsWith(begin)).findFirst();
  }

  private Jvm start(JavaHome java, List<String> options, String kind) throws IOException {
    List<String> command =
        Stream.of(
                List.of(java.tool("java")),
                Jvm.SHORT_LIVED,
                // Else the JVM does not verify the classes of its own server.
                List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal"),
                options,
                List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    SampleServer.class.getName(),
                    kind))
            .flatMap(List::stream)
            .toList();
    return Jvm.start(directory, Map.of(), command);
  }

  private Path agent() throws IOException {
    Path jar = directory.resolve("driver.jar");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(
        Attributes.Name.CLASS_PATH,
        PoliteDriver.class.getProtectionDomain().getCodeSource().getLocation().toString());
    attributes.put(new Attributes.Name("Premain-Class"), PoliteDriver.class.getName());
    attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }
}
