package dev.fastdeploy.agent.reload.process.polite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executors;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * A server of one kind, for HTTP/1.1 and HTTP/2 without TLS. It answers {@code /} with a length and
 * {@code /streamed} in two pieces, and keeps connections alive.
 */
public final class SampleServer {

  /** The body of each answer. */
  static final byte[] BODY = body();

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private SampleServer() {}

  /**
   * The ports of a server, which may be the same.
   *
   * @param http1 the one for HTTP/1.1, or 0
   * @param http2 the one for HTTP/2, or 0
   */
  record Ports(int http1, int http2) {

    static Ports parse(String text) {
      String[] ports = text.split(" ", -1);
      return new Ports(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
    }

    @Override
    public String toString() {
      return http1 + " " + http2;
    }

    private static Ports both(int port) {
      return new Ports(port, port);
    }
  }

  /** Starts one, and returns its {@link Ports} as text: the caller may be of another loader. */
  public static String start(String kind) throws Exception {
    Ports ports =
        switch (kind) {
          case "jdk" -> new Ports(jdk(), 0);
          case "tomcat" -> Ports.both(tomcat());
          case "jetty" -> Ports.both(jetty());
          case "undertow" -> Ports.both(undertow());
          case "netty" -> new Ports(netty(false), netty(true));
          case "grpc" -> new Ports(0, grpc());
          default -> throw new IllegalArgumentException(kind);
        };
    return ports.toString();
  }

  private static byte[] body() {
    byte[] body = new byte[10_000];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) ('a' + i % 26);
    }
    return body;
  }

  private static byte[] firstHalf() {
    return Arrays.copyOf(BODY, BODY.length / 2);
  }

  private static byte[] secondHalf() {
    return Arrays.copyOfRange(BODY, BODY.length / 2, BODY.length);
  }

  private static int jdk() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", SampleServer::answer);
    server.start();
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean streamed = exchange.getRequestURI().getPath().equals("/streamed");
      exchange.sendResponseHeaders(200, streamed ? 0 : BODY.length);
      exchange.getResponseBody().write(BODY);
    }
  }

  private static int tomcat() throws Exception {
    Tomcat tomcat = new Tomcat();
    Http11NioProtocol protocol = new Http11NioProtocol();
    protocol.addUpgradeProtocol(new Http2Protocol());
    Connector connector = new Connector(protocol);
    connector.setPort(0);
    connector.setProperty("address", LOOPBACK.getHostAddress());
    tomcat.getService().addConnector(connector);
    tomcat.init();
    ((AbstractProtocol<?>) connector.getProtocolHandler()).setAdapter(new TomcatAdapter());
    connector.getProtocolHandler().start();
    return connector.getLocalPort();
  }

  /** Answers below the servlets. */
  private static final class TomcatAdapter implements Adapter {

    @Override
    public void service(org.apache.coyote.Request request, org.apache.coyote.Response response)
        throws IOException {
      response.setStatus(200);
      if (!request.requestURI().equals("/streamed")) {
        response.setContentLength(BODY.length);
      }
      response.doWrite(ByteBuffer.wrap(firstHalf()));
      response.action(org.apache.coyote.ActionCode.CLIENT_FLUSH, null);
      response.doWrite(ByteBuffer.wrap(secondHalf()));
      response.action(org.apache.coyote.ActionCode.CLOSE, null);
    }

    @Override
    public boolean prepare(org.apache.coyote.Request request, org.apache.coyote.Response response) {
      return true;
    }

    @Override
    public boolean asyncDispatch(
        org.apache.coyote.Request request,
        org.apache.coyote.Response response,
        org.apache.tomcat.util.net.SocketEvent status) {
      return false;
    }

    @Override
    public void log(
        org.apache.coyote.Request request, org.apache.coyote.Response response, long time) {}

    @Override
    public void checkRecycled(
        org.apache.coyote.Request request, org.apache.coyote.Response response) {}

    @Override
    public String getDomain() {
      return "sample";
    }
  }

  private static int jetty() throws Exception {
    Server server = new Server();
    HttpConfiguration configuration = new HttpConfiguration();
    ServerConnector connector =
        new ServerConnector(
            server,
            new HttpConnectionFactory(configuration),
            new HTTP2CServerConnectionFactory(configuration));
    connector.setHost(LOOPBACK.getHostAddress());
    server.addConnector(connector);
    server.setHandler(new JettyHandler());
    server.start();
    return connector.getLocalPort();
  }

  private static final class JettyHandler extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      boolean streamed = Request.getPathInContext(request).equals("/streamed");
      if (streamed) {
        Content.Sink.write(response, false, ByteBuffer.wrap(firstHalf()));
        response.write(true, ByteBuffer.wrap(secondHalf()), callback);
      } else {
        response.getHeaders().put("Content-Length", BODY.length);
        response.write(true, ByteBuffer.wrap(BODY), callback);
      }
      return true;
    }
  }

  private static int undertow() {
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, LOOPBACK.getHostAddress())
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(
                new io.undertow.server.handlers.BlockingHandler(
                    exchange -> {
                      if (!exchange.getRequestPath().equals("/streamed")) {
                        exchange.setResponseContentLength(BODY.length);
                      }
                      OutputStream out = exchange.getOutputStream();
                      out.write(firstHalf());
                      out.flush();
                      out.write(secondHalf());
                      out.close();
                    }))
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  private static int netty(boolean http2) throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Channel channel =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (http2) {
                      channel
                          .pipeline()
                          .addLast(Http2FrameCodecBuilder.forServer().build())
                          .addLast(new Http2MultiplexHandler(new Streams()));
                    } else {
                      channel
                          .pipeline()
                          .addLast(new HttpServerCodec())
                          .addLast(new HttpObjectAggregator(1 << 20))
                          .addLast(new Answering());
                    }
                  }
                })
            .bind(LOOPBACK, 0)
            .sync()
            .channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private static HttpContent content(byte[] piece) {
    return new DefaultHttpContent(Unpooled.wrappedBuffer(piece));
  }

  /** A client that misses something fails the test. */
  private static void send(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    ChannelFuture unused = context.writeAndFlush(message, promise);
  }

  /** Leaves the end of connections to the client. */
  private static final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (request.uri().equals("/streamed")) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        send(context, head, context.newPromise());
        send(context, content(firstHalf()), context.newPromise());
        send(context, content(secondHalf()), context.voidPromise());
        send(context, LastHttpContent.EMPTY_LAST_CONTENT, context.voidPromise());
      } else {
        DefaultFullHttpResponse whole =
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(BODY));
        whole.headers().set(HttpHeaderNames.CONTENT_LENGTH, BODY.length);
        send(context, whole, context.newPromise());
      }
    }
  }

  private static final class Streams extends ChannelInitializer<Channel> {

    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                  if (message instanceof Http2HeadersFrame) {
                    send(
                        context,
                        new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200")),
                        context.newPromise());
                    send(
                        context,
                        new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(BODY), true),
                        context.newPromise());
                  }
                }
              });
    }
  }

  private static int grpc() throws IOException {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("sample/call")
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .addService(
            ServerServiceDefinition.builder("sample")
                .addMethod(
                    method,
                    ServerCalls.asyncUnaryCall(
                        (request, observer) -> {
                          observer.onNext(BODY);
                          observer.onCompleted();
                        }))
                .build())
        .build()
        .start()
        .getPort();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try (stream) {
        return stream.readAllBytes();
      } catch (IOException failure) {
        throw new IllegalStateException(new String(BODY, StandardCharsets.US_ASCII), failure);
      }
    }
  }
}
