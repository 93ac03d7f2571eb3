package dev.fastdeploy.e2e.subject;

import com.sun.net.httpserver.HttpServer;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * A service with its own gRPC, Netty, protobuf and Byte Buddy, other versions than the agent's, and
 * a log manager that it sets in its {@code main}. It tells what it got of each.
 */
public final class IsolationSubject {

  private IsolationSubject() {}

  /** The log manager of the application. */
  public static final class OwnLogManager extends LogManager {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
    String logManager = LogManager.getLogManager().getClass().getSimpleName();
    String report =
        String.join(
            "\n",
            "logManager=" + logManager,
            "grpc=" + grpc(),
            "grpcFrom=" + from(io.grpc.ManagedChannel.class),
            "nettyFrom=" + from(io.netty.channel.Channel.class),
            "protobufFrom=" + from(com.google.protobuf.Message.class),
            "byteBuddy=" + byteBuddy(),
            "agentClassesVisible=" + agentClassesVisible(),
            "contextLoader="
                + (Thread.currentThread().getContextClassLoader()
                    == ClassLoader.getSystemClassLoader()));
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("PORT"))),
            0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = report.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  private static String grpc() throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new HealthStatusManager().getHealthService())
            .build()
            .start();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    try {
      HealthCheckResponse response =
          HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
      return response.getStatus().name();
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private static String byteBuddy() throws ReflectiveOperationException {
    return new ByteBuddy()
        .subclass(Object.class)
        .method(ElementMatchers.named("toString"))
        .intercept(FixedValue.value("made"))
        .make()
        .load(IsolationSubject.class.getClassLoader())
        .getLoaded()
        .getDeclaredConstructor()
        .newInstance()
        .toString();
  }

  private static String agentClassesVisible() {
    try {
      Class.forName("io.grpc.netty.shaded.io.netty.channel.Channel");
      return "true";
    } catch (ClassNotFoundException hidden) {
      return "false";
    }
  }

  private static String from(Class<?> type) {
    String location = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
