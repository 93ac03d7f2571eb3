package dev.fastdeploy.launcher.command;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A control endpoint of a test, in its own process. */
final class ControlServer implements AutoCloseable {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final EventLoopGroup threads;
  private final Server server;

  private ControlServer(EventLoopGroup threads, Server server) {
    this.threads = threads;
    this.server = server;
  }

  static ControlServer onSocket(Path socket, BindableService service) throws IOException {
    Files.deleteIfExists(socket);
    EventLoopGroup threads = threads();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioServerDomainSocketChannel.class)
            .bossEventLoopGroup(threads)
            .workerEventLoopGroup(threads)
            .addService(service);
    withoutTcpKeepAlive(builder);
    return new ControlServer(threads, builder.build().start());
  }

  @SuppressWarnings("NullAway") // Null removes an option that was set before.
  private static void withoutTcpKeepAlive(NettyServerBuilder builder) {
    builder.withChildOption(ChannelOption.SO_KEEPALIVE, null);
  }

  /**
   * @param port 0 for a free one
   */
  static ControlServer onLoopback(
      int port, BindableService service, @Nullable String token, @Nullable SslContext ssl)
      throws IOException {
    EventLoopGroup threads = threads();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .channelType(NioServerSocketChannel.class)
            .bossEventLoopGroup(threads)
            .workerEventLoopGroup(threads)
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .addService(service);
    if (token != null) {
      builder.intercept(new TokenGuard("Bearer " + token));
    }
    if (ssl != null) {
      builder.sslContext(ssl);
    }
    return new ControlServer(threads, builder.build().start());
  }

  /**
   * Lets the endpoint fall silent as a host does that has lost its network: connections stay, and
   * nobody answers.
   *
   * @return brings it back
   */
  Runnable freeze() {
    CountDownLatch thawed = new CountDownLatch(1);
    threads.execute(
        () -> {
          try {
            thawed.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        });
    return thawed::countDown;
  }

  int port() {
    return server.getPort();
  }

  String target() {
    return "localhost:" + port();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  private static EventLoopGroup threads() {
    return new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory("test-control", true), NioIoHandler.newFactory());
  }

  private record TokenGuard(String expected) implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (expected.equals(headers.get(AUTHORIZATION))) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED.withDescription("unknown token"), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
