package dev.fastdeploy.agent.testing;

import dev.fastdeploy.control.v1.ControlGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.MetadataUtils;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of a control endpoint, by the address that the endpoint tells. */
public final class ControlClient implements AutoCloseable {

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ManagedChannel connection;
  private final Channel channel;

  private ControlClient(String address, @Nullable String token, @Nullable SslContext tls) {
    this.connection = connection(address, tls);
    this.channel =
        token == null
            ? connection
            : ClientInterceptors.intercept(connection, authorization("Bearer " + token));
  }

  /** Shows nothing but itself. */
  public static ControlClient of(String address) {
    return new ControlClient(address, null, null);
  }

  /** Shows a token. */
  public static ControlClient withToken(String address, String token) {
    return new ControlClient(address, token, null);
  }

  /** Speaks TLS, and shows a token if there is one. */
  public static ControlClient withTls(String address, SslContext tls, @Nullable String token) {
    return new ControlClient(address, token, tls);
  }

  /** Stubs whose calls end after half a minute. */
  public ControlGrpc.ControlBlockingStub control() {
    return ControlGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  /** Stubs that do not wait. */
  public ControlGrpc.ControlStub streaming() {
    return ControlGrpc.newStub(channel);
  }

  /** For other services. */
  public Channel channel() {
    return channel;
  }

  @Override
  public void close() {
    connection.shutdownNow();
    loop.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS).awaitUninterruptibly(10_000);
  }

  private ManagedChannel connection(String address, @Nullable SslContext tls) {
    NettyChannelBuilder builder;
    if (address.startsWith("unix:")) {
      builder =
          NettyChannelBuilder.forAddress(
                  UnixDomainSocketAddress.of(address.substring("unix:".length())))
              .channelType(NioDomainSocketChannel.class)
              .overrideAuthority("localhost");
    } else {
      int colon = address.lastIndexOf(':');
      builder =
          NettyChannelBuilder.forAddress(
                  new InetSocketAddress(
                      address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))))
              .channelType(NioSocketChannel.class)
              .overrideAuthority("localhost");
    }
    builder.eventLoopGroup(loop);
    withoutTcpKeepAlive(builder);
    return (tls == null ? builder.usePlaintext() : builder.sslContext(tls)).build();
  }

  /** gRPC sets the option on every connection, and Netty complains of it on a Unix socket. */
  @SuppressWarnings("NullAway") // Null removes an option that was set before.
  private static void withoutTcpKeepAlive(NettyChannelBuilder builder) {
    builder.withOption(ChannelOption.SO_KEEPALIVE, null);
  }

  private static ClientInterceptor authorization(String value) {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), value);
    return MetadataUtils.newAttachHeadersInterceptor(metadata);
  }
}
