package dev.fastdeploy.agent.control;

import dev.fastdeploy.agent.deploy.Deployer;
import dev.fastdeploy.contract.Diagnostics;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The control endpoint while it listens. It has one event loop on the JDK's NIO, and a few threads
 * that end when there is nothing to do. No native library is loaded.
 */
public final class ControlServer implements Closeable {

  private static final int CALL_THREADS = 4;
  private static final int LARGEST_MESSAGE = 64 * 1024;
  private static final int LARGEST_HEADERS = 16 * 1024;
  private static final int CALLS_PER_CONNECTION = 64;

  /** The bytes of a connection that no call has read yet: a message arrives in pieces. */
  private static final int WINDOW = 64 * 1024;

  /** The calls that a client may cancel within the seconds below; a few are ordinary. */
  private static final int MOST_RESETS = 100;

  private static final int RESETS_SECONDS = 10;

  /**
   * The lifetimes of connections. A client whose connection was closed opens another for its next
   * call.
   *
   * @param idle longest time without a call
   * @param oldest longest lifetime, so that a certificate that expires or a list that changes also
   *     affects clients already connected; running calls may then go on for as long as a deploy may
   *     take
   * @param tlsPeriod time between two checks of the TLS files
   */
  record Lifetimes(Duration idle, Duration oldest, Duration tlsPeriod) {

    static final Lifetimes USUAL =
        new Lifetimes(Duration.ofMinutes(2), Duration.ofHours(1), Duration.ofSeconds(10));
  }

  /** Enough to write what is already queued. The exit of the JVM waits for it. */
  private static final Duration CLOSING = Duration.ofMillis(250);

  private final Server server;
  private final EventLoopGroup loop;
  private final ThreadPoolExecutor executor;
  private final Connections connections;
  private final String address;

  private ControlServer(
      Server server,
      EventLoopGroup loop,
      ThreadPoolExecutor executor,
      Connections connections,
      String address) {
    this.server = server;
    this.loop = loop;
    this.executor = executor;
    this.connections = connections;
    this.address = address;
  }

  /**
   * Begins to listen.
   *
   * @param ioThreads makes the one thread of the event loop
   * @param callThreads makes the threads that serve calls
   * @throws IOException if it cannot listen, or may not because it is not protected; the message
   *     tells the user what "it", the endpoint, does not do
   */
  public static ControlServer start(
      ControlSettings settings,
      Deployer deployer,
      InstanceFacts facts,
      ThreadFactory ioThreads,
      ThreadFactory callThreads)
      throws IOException {
    return start(
        settings,
        deployer,
        facts,
        ioThreads,
        callThreads,
        Lifetimes.USUAL,
        ConnectionPlaces.ofThisProcess(),
        ConnectionGuard.Allowance.USUAL);
  }

  /** Does the same with other limits. */
  static ControlServer start(
      ControlSettings settings,
      Deployer deployer,
      InstanceFacts facts,
      ThreadFactory ioThreads,
      ThreadFactory callThreads,
      Lifetimes lifetimes,
      ConnectionPlaces places,
      ConnectionGuard.Allowance allowance)
      throws IOException {
    NettyNatives.ruleOutTransport();
    AtomicBoolean withoutMemory = new AtomicBoolean();
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, ioThreads, ListeningLoop.factory(withoutMemory));
    ThreadPoolExecutor executor = new Calls(callThreads, withoutMemory, loop);
    try {
      return listen(
          settings, deployer, facts, loop, executor, lifetimes, new Connections(places), allowance);
    } catch (IOException | RuntimeException | Error failure) {
      // If the loop lived on, it would accept connections and answer none.
      executor.shutdownNow();
      end(loop);
      throw new IOException(
          "it does not listen on " + settings.address() + ": " + reason(failure), failure);
    }
  }

  private static ControlServer listen(
      ControlSettings settings,
      Deployer deployer,
      InstanceFacts facts,
      EventLoopGroup loop,
      ThreadPoolExecutor executor,
      Lifetimes lifetimes,
      Connections connections,
      ConnectionGuard.Allowance allowance)
      throws IOException {
    AuditTrail trail =
        new AuditTrail(InstantSource.system(), System::nanoTime, new AuditLog(), later(loop));
    boolean unixSocket = settings.address() instanceof ListenAddress.UnixSocket;
    AtomicReference<@Nullable X509Certificate> own = new AtomicReference<>();
    Authenticator authenticator = new Authenticator(settings, own::get);
    ConnectionGate gate =
        new ConnectionGate(
            connections, allowance, unixSocket, (channel, reason) -> audit(trail, channel, reason));
    NettyServerBuilder builder;
    if (settings.address() instanceof ListenAddress.UnixSocket unix) {
      new SocketFile(unix.path()).makeWay();
      builder =
          NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(unix.path()))
              .channelFactory(() -> behind(gate, new NioServerDomainSocketChannel()));
      withoutTcpKeepAlive(builder);
    } else {
      InetSocketAddress internet =
          ListenRules.required((ListenAddress.Tcp) settings.address(), settings);
      authenticator.requireReadableTokens();
      builder =
          NettyServerBuilder.forAddress(internet)
              .channelFactory(() -> behind(gate, new NioServerSocketChannel()));
      TlsFiles tls = settings.tls();
      if (tls != null) {
        EndpointTls endpointTls = EndpointTls.of(tls, trail, own);
        builder.sslContext(endpointTls.context());
        var unused =
            loop.scheduleWithFixedDelay(
                endpointTls,
                lifetimes.tlsPeriod().toMillis(),
                lifetimes.tlsPeriod().toMillis(),
                TimeUnit.MILLISECONDS);
      }
      if (settings.mutualTls()) {
        authenticator.certificateDoubts().forEach(Diagnostics::say);
      }
    }
    AccessInterceptor access = new AccessInterceptor(authenticator, trail, connections);
    builder
        .bossEventLoopGroup(loop)
        .workerEventLoopGroup(loop)
        .executor(executor)
        .maxInboundMessageSize(LARGEST_MESSAGE)
        .maxInboundMetadataSize(LARGEST_HEADERS)
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
        .maxRstFramesPerWindow(MOST_RESETS, RESETS_SECONDS)
        .flowControlWindow(WINDOW)
        .handshakeTimeout(10, TimeUnit.SECONDS)
        // A client that has vanished must not keep its connection for hours.
        .keepAliveTime(1, TimeUnit.MINUTES)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .maxConnectionIdle(lifetimes.idle().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionAge(lifetimes.oldest().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionAgeGrace(settings.longestDeploy().toSeconds(), TimeUnit.SECONDS)
        .permitKeepAliveTime(5, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
    services(deployer, facts, executor, alarm(loop))
        .forEach(service -> builder.addService(ServerInterceptors.intercept(service, access)));
    Server server = builder.build().start();
    if (settings.address() instanceof ListenAddress.UnixSocket unix) {
      restrict(unix, server);
    }
    return new ControlServer(
        server, loop, executor, connections, address(settings.address(), server));
  }

  /**
   * Returns the address it listens on, with the actual port: {@code unix:PATH} or {@code
   * HOST:PORT}.
   */
  public String address() {
    return address;
  }

  /** Returns the open connections. */
  Connections connections() {
    return connections;
  }

  /** Ends the event loop at once: a thread in native code would delay the JVM's exit. */
  @Override
  public void close() {
    server.shutdownNow();
    executor.shutdownNow();
    end(loop);
  }

  private static void end(EventLoopGroup loop) {
    loop.shutdownGracefully(0, CLOSING.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSING.toMillis());
  }

  /** Returns everything that can be called. Each method needs its role in {@link MethodRoles}. */
  static List<ServerServiceDefinition> services(
      Deployer deployer, InstanceFacts facts, Executor executor, Alarm alarm) {
    return List.of(
        new ControlService(deployer, facts, executor, alarm).bindService(),
        ProtoReflectionServiceV1.newInstance().bindService(),
        new HealthStatusManager().getHealthService().bindService());
  }

  private static <C extends ServerChannel> C behind(ConnectionGate gate, C listening) {
    listening.pipeline().addLast(gate);
    return listening;
  }

  private static AuditTrail.Later later(EventLoopGroup loop) {
    return (delay, task) -> {
      if (!loop.isShuttingDown()) {
        var unused = loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
      }
    };
  }

  private static Alarm alarm(EventLoopGroup loop) {
    return (delay, task) -> {
      if (loop.isShuttingDown()) {
        return () -> {};
      }
      Future<?> ringing = loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> ringing.cancel(false);
    };
  }

  private static void audit(AuditTrail trail, Channel channel, String reason) {
    new CallAudit(
            trail,
            PeerAddress.host(channel.remoteAddress()),
            PeerAddress.full(channel.remoteAddress()),
            "-",
            "connection")
        .refused("closed:" + reason);
  }

  private static final class AuditLog implements AuditTrail.Log {

    @Override
    public void say(String line) {
      Diagnostics.say(line);
    }

    @Override
    public void keep(String line) {
      Diagnostics.keep(line);
    }
  }

  /**
   * Removes an option that gRPC sets on every connection: on a Unix socket Netty complains of it.
   */
  @SuppressWarnings("NullAway") // Null removes an option that was set before.
  private static void withoutTcpKeepAlive(NettyServerBuilder builder) {
    builder.withChildOption(ChannelOption.SO_KEEPALIVE, null);
  }

  private static void restrict(ListenAddress.UnixSocket unix, Server server) throws IOException {
    try {
      new SocketFile(unix.path()).restrict();
    } catch (IOException failure) {
      server.shutdownNow();
      throw failure;
    }
  }

  /**
   * Serves calls with a few threads. If one runs out of memory, perhaps with none left to answer
   * its call, the connections are closed so that the clients notice.
   */
  private static final class Calls extends ThreadPoolExecutor {

    private final AtomicBoolean withoutMemory;
    private final EventLoopGroup loop;

    // Created in advance: nothing can be linked once memory has run out.
    private final Runnable look = Calls::look;

    Calls(ThreadFactory threads, AtomicBoolean withoutMemory, EventLoopGroup loop) {
      super(
          CALL_THREADS,
          CALL_THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          threads,
          new ThreadPoolExecutor.DiscardPolicy());
      this.withoutMemory = withoutMemory;
      this.loop = loop;
      allowCoreThreadTimeOut(true);
    }

    /** Does nothing, but the loop checks whenever it has a task. */
    private static void look() {}

    @Override
    protected void afterExecute(Runnable call, @Nullable Throwable failure) {
      // Failures that follow from an out-of-memory error have other types.
      boolean broken = failure instanceof VirtualMachineError || failure instanceof LinkageError;
      if (broken && !loop.isShuttingDown()) {
        withoutMemory.set(true);
        loop.execute(look);
      }
    }
  }

  private static String address(ListenAddress configured, Server server) {
    return configured instanceof ListenAddress.Tcp tcp
        ? new ListenAddress.Tcp(tcp.host(), server.getPort()).toString()
        : configured.toString();
  }

  /** Returns the reason why gRPC cannot bind, which it wraps. */
  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    String message = Diagnostics.reason(failure);
    return cause != null && message.startsWith("Failed to bind")
        ? Diagnostics.reason(cause)
        : message;
  }
}
