package dev.fastdeploy.agent.control;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands first in a connection's pipeline, before TLS and HTTP/2. Until the client has proven its
 * identity, the time, the bytes and the calls it may use are limited, and it must read its answers.
 * That bounds the cost of whatever frames it sends.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter implements Connections.Connection {

  /** The limits for a client that has proven nothing. */
  record Allowance(Duration time, int bytes, int calls) {

    /**
     * Enough, with room, for a handshake with long chains, the largest headers and the largest
     * message.
     */
    static final Allowance USUAL = new Allowance(Duration.ofSeconds(10), 192 * 1024, 32);
  }

  private final Connections.Ends ends;
  private final String client;
  private final Allowance allowance;
  private final Refused refused;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Channel channel;
  private volatile boolean trusted;
  private volatile long heardAtNanos = System.nanoTime();
  private long bytes;

  /** Receives the connections that are ended here, except those that ran out of time. */
  @FunctionalInterface
  interface Refused {
    void refused(Channel channel, String reason);
  }

  ConnectionGuard(Channel channel, Allowance allowance, boolean trusted, Refused refused) {
    this.channel = channel;
    this.ends = new Connections.Ends(channel.remoteAddress(), channel.localAddress());
    this.client = PeerAddress.client(channel.remoteAddress());
    this.allowance = allowance;
    this.trusted = trusted;
    this.refused = refused;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (!trusted) {
      ScheduledFuture<?> end =
          context
              .executor()
              .schedule(this::timeIsUp, allowance.time().toMillis(), TimeUnit.MILLISECONDS);
      var unused = channel.closeFuture().addListener(closed -> end.cancel(false));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heardAtNanos = System.nanoTime();
    if (ended.get()) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (!trusted && message instanceof ByteBuf data) {
      bytes += data.readableBytes();
      if (bytes > allowance.bytes()) {
        ReferenceCountUtil.release(message);
        end("too-many-bytes");
        return;
      }
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!trusted && !channel.isWritable()) {
      end("answers-not-read");
      return;
    }
    context.fireChannelWritabilityChanged();
  }

  private void timeIsUp() {
    if (!trusted) {
      end(null);
    }
  }

  private void end(@Nullable String reason) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    if (reason != null) {
      refused.refused(channel, reason);
    }
    if (channel.eventLoop().inEventLoop()) {
      close();
    } else {
      channel.eventLoop().execute(this::close);
    }
  }

  /** Bypasses the pipeline: HTTP/2 would send a farewell to a client that may not read it. */
  private void close() {
    channel.unsafe().close(channel.unsafe().voidPromise());
  }

  @Override
  public Connections.Ends ends() {
    return ends;
  }

  @Override
  public String host() {
    return client;
  }

  @Override
  public long heardAtNanos() {
    return heardAtNanos;
  }

  @Override
  public void proven() {
    trusted = true;
  }

  @Override
  public void unprovenCall() {
    if (calls.incrementAndGet() > allowance.calls()) {
      end("too-many-calls");
    }
  }

  @Override
  public void giveUpPlace() {
    end("place-needed");
  }
}
