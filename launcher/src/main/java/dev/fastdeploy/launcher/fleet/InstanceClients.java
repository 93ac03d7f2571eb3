package dev.fastdeploy.launcher.fleet;

import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.ClientTransportFilter;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ProxyDetector;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to instances. All connections share a few threads, so that a fleet of thousands
 * costs sockets but no stacks. Thread-safe.
 */
public final class InstanceClients implements Closeable {

  /** Two threads even on a single core, in case one connection computes for long. */
  private static final int FEWEST_THREADS = 2;

  /** Beyond this, the planner's single thread limits a deploy. */
  private static final int MOST_THREADS = 16;

  /**
   * Threads for what a connection needs before it is up: names and handshakes. More than the cores,
   * since looking up a name can take long; fewer than the connections, since each thread has a
   * stack.
   */
  static final int DIALLING_THREADS = 16;

  private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;

  /** A host that vanishes does not close its connections, so each is checked after this time. */
  private static final Duration KEEP_ALIVE_TIME = Duration.ofSeconds(10);

  private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration CLOSING = Duration.ofSeconds(1);

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final ProxyDetector DIRECT = target -> null;

  private final Credentials credentials;
  private final ProxyDetector route;
  private final @Nullable SslContext ssl;
  private final EventLoopGroup threads;
  private final ThreadPoolExecutor dialling;

  private final Channels channels = new Channels();

  /**
   * Connects directly, whatever proxy the JVM's properties or the environment name: the proxy that
   * a build uses for the internet does not lead to instances and must not see what is sent to them.
   *
   * @throws IllegalArgumentException if TLS cannot be set up with the credentials, with a message
   *     for the user
   */
  public InstanceClients(Credentials credentials) {
    this(credentials, null);
  }

  /**
   * Connects through a proxy to the targets that are reached over TCP.
   *
   * @param proxy null to connect directly
   */
  public InstanceClients(Credentials credentials, @Nullable HttpProxy proxy) {
    SocketPathResolver.register();
    this.credentials = credentials;
    this.route = proxy == null ? DIRECT : proxy;
    this.ssl = credentials.tls() ? credentials.sslContext() : null;
    this.threads =
        new MultiThreadIoEventLoopGroup(
            threads(Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory("fastdeploy-fleet", true),
            NioIoHandler.newFactory());
    this.dialling =
        new ThreadPoolExecutor(
            DIALLING_THREADS,
            DIALLING_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("fastdeploy-dial", true),
            // Belongs to a connection that is closed with all others.
            new ThreadPoolExecutor.DiscardPolicy());
    dialling.allowCoreThreadTimeOut(true);
  }

  /** Returns one thread per core: thousands of connections start at a time, each with a new key. */
  static int threads(int cores) {
    return Math.max(FEWEST_THREADS, Math.min(MOST_THREADS, cores));
  }

  /**
   * Refuses to show the credentials to a target for which they are not safe.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public void check(Target target) {
    credentials.check(List.of(target));
  }

  /** Returns a connection that is made at the first call. The caller closes it. */
  public InstanceClient open(Target target) {
    return open(target, () -> {});
  }

  /**
   * Returns a connection that is made at the first call. The caller closes it.
   *
   * @param connected runs each time the connection is up, before anything is sent; it must not
   *     block
   */
  InstanceClient open(Target target, Runnable connected) {
    NettyChannelBuilder builder;
    if (target instanceof Target.LocalSocket socket) {
      builder =
          NettyChannelBuilder.forTarget(SocketPathResolver.target(socket.path()))
              .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
              .overrideAuthority("localhost")
              .negotiationType(NegotiationType.PLAINTEXT);
      withoutTcpKeepAlive(builder);
    } else {
      Target.Port port = (Target.Port) target;
      builder =
          NettyChannelBuilder.forAddress(port.host(), port.port())
              .channelType(NioSocketChannel.class);
      if (ssl == null) {
        builder.negotiationType(NegotiationType.PLAINTEXT);
      } else {
        builder.sslContext(ssl);
        if (credentials.serverName() != null) {
          builder.overrideAuthority(credentials.serverName());
        }
      }
    }
    builder
        .proxyDetector(target instanceof Target.Port ? route : DIRECT)
        .eventLoopGroup(threads)
        .offloadExecutor(dialling)
        .directExecutor()
        .disableRetry()
        .keepAliveTime(KEEP_ALIVE_TIME.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .addTransportFilter(new Connected(connected))
        .userAgent("fastdeploy")
        .maxInboundMessageSize(LARGEST_MESSAGE)
        // A window that grows by itself costs a ping for each message received.
        .flowControlWindow(NettyChannelBuilder.DEFAULT_FLOW_CONTROL_WINDOW);
    ManagedChannel channel = builder.build();
    channels.add(channel);
    return new InstanceClient(
        channel, () -> channels.close(channel), target, credentials, new Bearer(credentials));
  }

  /**
   * Removes an option that gRPC sets on every connection and that Netty complains about on a Unix
   * socket.
   */
  @SuppressWarnings("NullAway") // Null removes an option that was set before.
  private static void withoutTcpKeepAlive(NettyChannelBuilder builder) {
    builder.withOption(ChannelOption.SO_KEEPALIVE, null);
  }

  /** Ends all connections, then the threads: a connection without its thread fails. */
  @Override
  public void close() {
    channels.closeAll(CLOSING);
    dialling.shutdownNow();
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  private static final class Connected extends ClientTransportFilter {

    private final Runnable told;

    Connected(Runnable told) {
      this.told = told;
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
      told.run();
      return attributes;
    }
  }

  /**
   * The token, read for each call so that a long deploy survives its rotation. It may travel in the
   * clear: {@link Credentials#check} has already refused targets where it must not.
   */
  private static final class Bearer extends CallCredentials {

    private final Credentials credentials;

    Bearer(Credentials credentials) {
      this.credentials = credentials;
    }

    @Override
    public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier to) {
      Metadata headers = new Metadata();
      try {
        credentials.token().ifPresent(token -> headers.put(AUTHORIZATION, "Bearer " + token));
        to.apply(headers);
      } catch (IllegalArgumentException unreadable) {
        to.fail(Status.UNAUTHENTICATED.withDescription(unreadable.getMessage()));
      }
    }
  }
}
