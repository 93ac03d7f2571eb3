package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.deploy.Instance;
import dev.fastdeploy.agent.testing.Certificates;
import dev.fastdeploy.agent.testing.ControlClient;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every method, with every kind of credential, over every kind of connection. The methods are those
 * that the endpoint serves: a new one fails here until its role is written down.
 */
class AccessMatrixTest {

  private static final Map<String, Role> NEEDED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("fastdeploy.control.v1.Control/Deploy", Role.DEPLOY),
              Map.entry("fastdeploy.control.v1.Control/Stage", Role.DEPLOY),
              Map.entry("fastdeploy.control.v1.Control/Activate", Role.DEPLOY),
              Map.entry("fastdeploy.control.v1.Control/Rollback", Role.DEPLOY),
              Map.entry("fastdeploy.control.v1.Control/Cancel", Role.DEPLOY),
              Map.entry("fastdeploy.control.v1.Control/GetStatus", Role.READ),
              Map.entry("fastdeploy.control.v1.Control/WatchStatus", Role.READ),
              Map.entry("fastdeploy.control.v1.Control/GetOutcome", Role.READ),
              Map.entry("grpc.health.v1.Health/Check", Role.NONE),
              Map.entry("grpc.health.v1.Health/Watch", Role.READ),
              Map.entry("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Role.READ)));

  private static @TempDir Path directory;
  private static Path tokens;
  private static Path readTokens;
  private static TlsFiles server;
  private static TlsFiles deployer;
  private static TlsFiles reader;
  private static TlsFiles both;
  private static TlsFiles unlisted;
  private static TlsFiles nameless;
  private static TlsFiles unreadable;
  private static TlsFiles likeTheServer;

  /** What a client shows, and what it may do by that; null if it is not known at all. */
  private record Shown(
      String name, @Nullable TlsFiles certificate, @Nullable String token, @Nullable Role role) {}

  @BeforeAll
  static void makeCredentials() throws Exception {
    tokens = Endpoint.secret(directory.resolve("t"), "deploy-token\n");
    readTokens = Endpoint.secret(directory.resolve("r"), "read-token\n");
    Certificates certificates = new Certificates(directory);
    server = certificates.selfSigned("server", "CN=shop", "dns:localhost");
    deployer = certificates.selfSigned("deployer", "CN=pipeline", "dns:x");
    reader = certificates.selfSigned("reader", "CN=y", "uri:spiffe://example/dashboard");
    both = certificates.selfSigned("both", "CN=pipeline", "uri:spiffe://example/dashboard");
    unlisted = certificates.selfSigned("unlisted", "CN=billing", "dns:billing");
    nameless = certificates.withExtensions("nameless", "O=pipeline");
    unreadable =
        certificates.withExtensions(
            "unreadable",
            "CN=pipeline",
            Certificates.alternativeNameOf(new byte[] {0x30, 0x05, (byte) 0x82, 0x7f}));
    likeTheServer = certificates.selfSigned("like", "CN=shop", "dns:elsewhere");
  }

  @Test
  void everyMethodIsListed() {
    assertThat(methods().stream().map(MethodDescriptor::getFullMethodName))
        .containsExactlyInAnyOrderElementsOf(NEEDED.keySet());
    for (MethodDescriptor<?, ?> method : methods()) {
      assertThat(MethodRoles.neededFor(method))
          .as("%s", method.getFullMethodName())
          .contains(NEEDED.get(method.getFullMethodName()));
    }
  }

  @Test
  void aMethodThatIsNotListedIsNobodys() {
    MethodDescriptor<?, ?> method = methods().get(0);
    assertThat(
            MethodRoles.neededFor(
                method.toBuilder().setFullMethodName("fastdeploy.control.v1.Control/New").build()))
        .isEmpty();
  }

  @Test
  void unixSocket() throws Exception {
    ControlSettings settings =
        new ControlSettings(
            new ListenAddress.UnixSocket(directory.resolve("c.sock")),
            tokens,
            readTokens,
            null,
            Set.of(),
            Set.of(),
            java.time.Duration.ofHours(1));
    check(settings, tokensOver(Role.DEPLOY));
  }

  @Test
  void loopback() throws Exception {
    check(Endpoint.loopback(tokens, readTokens, null), tokensOver(null));
  }

  @Test
  void tls() throws Exception {
    check(Endpoint.loopback(tokens, readTokens, server), tokensOver(null));
  }

  @Test
  void mutualTls() throws Exception {
    Path authorities = directory.resolve("authorities.pem");
    StringBuilder all = new StringBuilder();
    for (TlsFiles one :
        List.of(server, deployer, reader, both, unlisted, nameless, unreadable, likeTheServer)) {
      all.append(Files.readString(one.certificate()));
    }
    Files.writeString(authorities, all);
    List<Shown> shown = new ArrayList<>(tokensOver(null));
    shown.add(new Shown("deployer", deployer, null, Role.DEPLOY));
    shown.add(new Shown("reader", reader, null, Role.READ));
    shown.add(new Shown("deployer and reader", both, null, Role.READ));
    shown.add(new Shown("unlisted", unlisted, null, Role.NONE));
    shown.add(new Shown("nameless", nameless, null, Role.NONE));
    shown.add(new Shown("unreadable name", unreadable, null, Role.NONE));
    shown.add(new Shown("the endpoint's own", server, null, Role.NONE));
    shown.add(new Shown("with the endpoint's name", likeTheServer, null, Role.NONE));
    shown.add(new Shown("deployer, wrong token", deployer, "wrong", null));
    shown.add(new Shown("unlisted, right token", unlisted, "deploy-token", Role.DEPLOY));

    check(
        Endpoint.loopback(
            tokens,
            readTokens,
            new TlsFiles(server.certificate(), server.key(), authorities),
            Set.of("pipeline", "shop", "elsewhere2", ""),
            Set.of("spiffe://example/dashboard")),
        shown);
  }

  private static List<Shown> tokensOver(@Nullable Role withoutToken) {
    return List.of(
        new Shown("nothing", null, null, withoutToken),
        new Shown("a wrong token", null, "wrong", null),
        new Shown("an empty token", null, "", null),
        new Shown("a reader's token", null, "read-token", Role.READ),
        new Shown("a deployer's token", null, "deploy-token", Role.DEPLOY));
  }

  private static void check(ControlSettings settings, List<Shown> credentials) throws Exception {
    SoftAssertions softly = new SoftAssertions();
    try (Endpoint endpoint = new Endpoint(settings)) {
      for (Shown shown : credentials) {
        try (ControlClient client = client(endpoint, settings, shown)) {
          for (MethodDescriptor<?, ?> method : methods()) {
            softly
                .assertThat(answer(client.channel(), method))
                .as("%s with %s", method.getFullMethodName(), shown.name())
                .isEqualTo(expected(method, shown.role()));
          }
        }
      }
      assertThat(endpoint.instance().deployer().snapshot().deploys().active()).isNull();
    }
    softly.assertAll();
  }

  private static String expected(MethodDescriptor<?, ?> method, @Nullable Role role) {
    Role needed = Objects.requireNonNull(NEEDED.get(method.getFullMethodName()));
    if (needed == Role.NONE) {
      return "let in";
    } else if (role == null) {
      return "UNAUTHENTICATED";
    }
    return role.covers(needed) ? "let in" : "PERMISSION_DENIED";
  }

  private static ControlClient client(Endpoint endpoint, ControlSettings settings, Shown shown)
      throws Exception {
    if (settings.tls() == null) {
      return shown.token() == null
          ? ControlClient.of(endpoint.address())
          : ControlClient.withToken(endpoint.address(), shown.token());
    }
    SslContextBuilder builder =
        SslContextBuilder.forClient().trustManager(server.certificate().toFile());
    TlsFiles certificate = shown.certificate();
    if (certificate != null) {
      builder.keyManager(certificate.certificate().toFile(), certificate.key().toFile());
    }
    SslContext context = GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    return ControlClient.withTls(endpoint.address(), context, shown.token());
  }

  private static List<MethodDescriptor<?, ?>> methods() {
    List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
    InstanceFacts facts =
        new InstanceFacts("host", "host.0f", null, 42, 1000, "1.0", "17", ClassArchive.UNKNOWN);
    ControlServer.services(
            new Instance().deployer(), facts, Runnable::run, (delay, task) -> () -> {})
        .forEach(
            service ->
                service.getMethods().stream()
                    .map(ServerMethodDefinition::getMethodDescriptor)
                    .forEach(methods::add));
    return methods;
  }

  /** How an empty request is answered. One that is let in is invalid, or has an answer. */
  private static String answer(Channel channel, MethodDescriptor<?, ?> method) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                .setType(method.getType())
                .setFullMethodName(method.getFullMethodName())
                .build(),
            CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] message) {
            answer.complete("let in");
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            answer.complete(
                switch (status.getCode()) {
                  case OK, INVALID_ARGUMENT -> "let in";
                  default -> status.getCode().name();
                });
          }
        },
        new Metadata());
    call.request(1);
    call.sendMessage(new byte[0]);
    call.halfClose();
    String answered = answer.get(40, TimeUnit.SECONDS);
    call.cancel("enough", null);
    return answered;
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
