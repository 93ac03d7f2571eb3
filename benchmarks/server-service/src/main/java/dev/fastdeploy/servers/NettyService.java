package dev.fastdeploy.servers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The service on Netty: {@code NettyService --port PORT --transport nio|epoll}. It ends as in
 * Netty's user guide, by {@code shutdownGracefully} with its quiet period of two seconds, in which
 * nothing is accepted any more.
 */
public final class NettyService {

  private NettyService() {}

  /** How Netty talks to the kernel. */
  private enum Transport {
    NIO(NioServerSocketChannel.class),
    EPOLL(EpollServerSocketChannel.class);

    private final Class<? extends ServerChannel> channel;

    Transport(Class<? extends ServerChannel> channel) {
      this.channel = channel;
    }

    static Transport of(String[] arguments) {
      if (arguments.length == 4 && arguments[2].equals("--transport")) {
        for (Transport transport : values()) {
          if (transport.label().equals(arguments[3])) {
            return transport;
          }
        }
      }
      throw new IllegalArgumentException(
          "'" + String.join(" ", arguments) + "' is not understood; use --transport nio or epoll");
    }

    String label() {
      return this == NIO ? "nio" : "epoll";
    }

    IoHandlerFactory handlers() {
      return this == NIO ? NioIoHandler.newFactory() : EpollIoHandler.newFactory();
    }
  }

  /** Starts it; its threads keep the JVM alive. */
  public static void main(String[] arguments) throws InterruptedException {
    InetSocketAddress address = Place.of(arguments);
    Transport transport = Transport.of(arguments);
    EventLoopGroup acceptor = new MultiThreadIoEventLoopGroup(1, transport.handlers());
    EventLoopGroup workers = new MultiThreadIoEventLoopGroup(transport.handlers());
    Channel listener =
        new ServerBootstrap()
            .group(acceptor, workers)
            .channel(transport.channel)
            .childHandler(new Connections())
            .bind(address)
            .sync()
            .channel();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(listener, acceptor, workers), "netty-stop"));
    Place.told("netty-" + transport.label(), address);
  }

  private static void stop(Channel listener, EventLoopGroup acceptor, EventLoopGroup workers) {
    listener.close().awaitUninterruptibly();
    Future<?> accepted = acceptor.shutdownGracefully();
    workers.shutdownGracefully().awaitUninterruptibly();
    accepted.awaitUninterruptibly();
  }

  private static final class Connections extends ChannelInitializer<Channel> {

    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(new HttpServerCodec(), new HttpServerKeepAliveHandler(), new Answers());
    }
  }

  /** Who asked sees a failure as the end of the connection. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private static final class Answers extends SimpleChannelInboundHandler<HttpObject> {

    private String path = "";

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
      if (message instanceof HttpRequest request) {
        path = request.uri();
      }
      if (message instanceof LastHttpContent) {
        Parts.of(path)
            .ifPresentOrElse(
                parts -> begin(context, parts),
                () -> context.writeAndFlush(response(Answer.to(path))));
      }
    }

    private static void begin(ChannelHandlerContext context, Parts parts) {
      later(
          context,
          parts,
          () -> {
            HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            context.write(response);
            next(context, parts, 1);
          });
    }

    private static void next(ChannelHandlerContext context, Parts parts, int part) {
      context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(Parts.part())));
      if (part == parts.count()) {
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      } else if (context.channel().isActive()) {
        later(context, parts, () -> next(context, parts, part + 1));
      }
    }

    private static void later(ChannelHandlerContext context, Parts parts, Runnable task) {
      context.executor().schedule(task, parts.pauseMillis(), TimeUnit.MILLISECONDS);
    }

    private static FullHttpResponse response(Answer answer) {
      byte[] body = answer.bytes();
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.valueOf(answer.status()),
              Unpooled.wrappedBuffer(body));
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, Answer.TYPE)
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
          .set(Answer.PROCESS, Answer.PID);
      return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
