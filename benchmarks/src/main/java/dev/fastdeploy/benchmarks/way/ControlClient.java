package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.control.v1.ControlGrpc;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.GetOutcomeRequest;
import dev.fastdeploy.control.v1.GetStatusRequest;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.StageRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.stub.StreamObserver;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Calls the control endpoint of one instance on its Unix socket. The connection is made at the
 * first call and does not come back once the instance's process has ended: {@link #reconnect} then.
 * Used by one thread at a time.
 */
final class ControlClient implements AutoCloseable {

  private final Path socket;
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("benchmark-control", true), NioIoHandler.newFactory());
  private ManagedChannel channel;

  ControlClient(Path socket) {
    this.socket = socket;
    this.channel = open();
  }

  private ManagedChannel open() {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
            .eventLoopGroup(threads)
            .directExecutor()
            .overrideAuthority("localhost")
            .negotiationType(NegotiationType.PLAINTEXT);
    withoutTcpKeepAlive(builder);
    return builder.build();
  }

  @SuppressWarnings("NullAway") // Null removes an option that was set before.
  private static void withoutTcpKeepAlive(NettyChannelBuilder builder) {
    builder.withOption(ChannelOption.SO_KEEPALIVE, null);
  }

  /** Forgets the connection to a process that has ended. */
  void reconnect() {
    channel.shutdownNow();
    channel = open();
  }

  InstanceStatus status(Duration timeout) {
    return within(timeout).getStatus(GetStatusRequest.getDefaultInstance());
  }

  Outcome outcome(String id, Duration timeout) {
    return within(timeout).getOutcome(GetOutcomeRequest.newBuilder().setDeployId(id).build());
  }

  /**
   * Stages, and waits for the end.
   *
   * @throws StatusRuntimeException if the call fails
   */
  Outcome stage(String id, String commit, Duration timeout) {
    Iterator<DeployEvent> events =
        within(timeout).stage(StageRequest.newBuilder().setDeployId(id).setCommit(commit).build());
    Outcome outcome = Outcome.getDefaultInstance();
    while (events.hasNext()) {
      DeployEvent event = events.next();
      outcome = event.hasOutcome() ? event.getOutcome() : outcome;
    }
    return outcome;
  }

  /** Asks for the activation; events come on a thread of the connection. */
  void activate(DeployRequest request, StreamObserver<DeployEvent> observer) {
    ControlGrpc.newStub(channel).activate(request, observer);
  }

  private ControlGrpc.ControlBlockingStub within(Duration timeout) {
    return ControlGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
