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
 * Stands first in a connection's pipeline, before TLS and HTTP/2. Until the client has shown who it
 * is, it may take some seconds, send some kilobytes, make some calls, and must read what it is
 * answered: whatever frames it sends, that bounds what they cost.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter implements Connections.Connection {

  /** What a client may do that has shown nothing. */
  record Allowance(Duration time, int bytes, int calls) {

    /** A handshake with long chains, the largest headers and the largest message, with room. */
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

  /** Hears of connections that are ended here, except of those that said nothing for too long. */
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

  /** Not by the pipeline: HTTP/2 would take leave, of a client that may not read it. */
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
