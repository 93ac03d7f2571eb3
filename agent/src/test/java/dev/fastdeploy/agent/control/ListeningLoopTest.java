package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.IoEvent;
import io.grpc.netty.shaded.io.netty.channel.IoRegistration;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandle;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListeningLoopTest {

  private static final Duration LONG = Duration.ofSeconds(40);

  private final AtomicBoolean withoutMemory = new AtomicBoolean();
  private final AtomicInteger accepted = new AtomicInteger();
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, Executors.defaultThreadFactory(), ListeningLoop.factory(withoutMemory));
  private InetSocketAddress address;

  @BeforeEach
  void listen() throws Exception {
    address =
        (InetSocketAddress)
            new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(
                    new ChannelInitializer<Channel>() {
                      @Override
                      protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new ChannelInboundHandlerAdapter());
                        accepted.incrementAndGet();
                      }
                    })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel()
                .localAddress();
  }

  @AfterEach
  void end() {
    loop.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS).awaitUninterruptibly(10_000);
  }

  @Test
  void closesConnectionsWhereThereIsNoMemoryAndTakesTheNext() throws Exception {
    try (Socket waiting = connected()) {
      withoutMemory.set(true);
      loop.execute(() -> {});

      assertThat(waiting.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket next = connected()) {
      assertThat(next.isConnected()).isTrue();
      assertThat(accepted).hasValue(2);
    }
  }

  @Test
  void closesAllWhenItsThreadEnds() throws Exception {
    try (Socket waiting = connected()) {
      assertThat(loop.register(new WithoutMemory()).await().isSuccess()).isTrue();
      withoutMemory.set(true);
      loop.execute(() -> {});

      assertThat(waiting.getInputStream().read()).isEqualTo(-1);
    }
    await().atMost(LONG).until(loop::isTerminated);
    assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
        .isInstanceOf(IOException.class);
  }

  private Socket connected() throws IOException {
    int before = accepted.get();
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout((int) LONG.toMillis());
    await().atMost(LONG).until(() -> accepted.get() > before);
    return socket;
  }

  /** Cannot be closed in an orderly way. */
  private static final class WithoutMemory implements NioIoHandle {

    private final Pipe pipe;

    WithoutMemory() throws IOException {
      pipe = Pipe.open();
      pipe.source().configureBlocking(false);
    }

    @Override
    public SelectableChannel selectableChannel() {
      return pipe.source();
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {}

    @Override
    public void close() {
      throw new OutOfMemoryError("Metaspace");
    }
  }
}
