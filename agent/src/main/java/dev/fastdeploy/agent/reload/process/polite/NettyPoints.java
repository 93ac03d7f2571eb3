package dev.fastdeploy.agent.reload.process.polite;

import java.util.List;

/**
 * Netty 4.1 and 4.2, and the servers upon it: gRPC, Reactor Netty, Vert.x. Netty leaves it to the
 * server to close after an answer, and a server that decided so before the encoder sees the answer
 * does not notice the header: the inserted code closes by itself.
 */
final class NettyPoints {

  private static final String HTTP_1 = "io/netty/handler/codec/http/HttpObjectEncoder";
  private static final String SERVER = "io/netty/handler/codec/http/HttpResponseEncoder";
  private static final String RESPONSE = "io/netty/handler/codec/http/HttpResponse";
  private static final String STATUS = "io/netty/handler/codec/http/HttpResponseStatus";
  private static final String HEADERS = "io/netty/handler/codec/http/HttpHeaders";
  private static final String LAST_CONTENT = "io/netty/handler/codec/http/LastHttpContent";

  private static final String HTTP_2 =
      "io/netty/handler/codec/http2/DefaultHttp2ConnectionDecoder$FrameReadListener";
  private static final String CONNECTION_HANDLER =
      "io/netty/handler/codec/http2/Http2ConnectionHandler";
  private static final String CONNECTION = "io/netty/handler/codec/http2/Http2Connection";

  private static final String CONTEXT = "io/netty/channel/ChannelHandlerContext";
  private static final String CHANNEL = "io/netty/channel/Channel";
  private static final String FUTURE = "io/netty/channel/ChannelFuture";
  private static final String PROMISE = "io/netty/channel/ChannelPromise";
  private static final String LISTENER = "io/netty/channel/ChannelFutureListener";
  private static final String BUFFER = "io/netty/buffer/ByteBuf";
  private static final String KEY = "io/netty/util/AttributeKey";
  private static final String ATTRIBUTE = "io/netty/util/Attribute";
  private static final String EXECUTOR = "io/netty/util/concurrent/EventExecutor";

  /** Marks a channel whose answer says that it is the last. */
  private static final String LAST_ANSWER = "dev.fastdeploy.last-answer";

  /** How long a client may take to notice that it should open no more streams. */
  private static final long NOTICE_MILLIS = 1000;

  private static final String WRITE = "(L" + CONTEXT + ";Ljava/lang/Object;L" + PROMISE + ";)";
  private static final String ON_HEADERS =
      "(L" + CONTEXT + ";ILio/netty/handler/codec/http2/Http2Headers;ISZIZ)";

  static final List<Point> ALL =
      List.of(
          new Point(
              "Netty HTTP/1.1", SERVER, HTTP_1, "write", WRITE, NettyPoints::sayThatItIsTheLast),
          new Point("Netty HTTP/1.1", SERVER, HTTP_1, "write", WRITE, NettyPoints::closeAfterIt),
          new Point(
              "Netty HTTP/2",
              CONNECTION_HANDLER,
              HTTP_2,
              "onHeadersRead",
              ON_HEADERS,
              NettyPoints::goAway));

  private NettyPoints() {}

  private static void sayThatItIsTheLast(EntryCode code) {
    code.load(0).isA(SERVER).leaveUnless();
    code.load(2).isA(RESPONSE).leaveUnless();
    code.load(2)
        .as(RESPONSE)
        .callInterface(RESPONSE, "status", "()L" + STATUS + ";")
        .call(STATUS, "code", "()I")
        .leaveIfInterim();
    code.load(2)
        .as(RESPONSE)
        .callInterface(RESPONSE, "headers", "()L" + HEADERS + ";")
        .constant("connection")
        .constant("close")
        .call(HEADERS, "set", "(Ljava/lang/String;Ljava/lang/Object;)L" + HEADERS + ";")
        .drop();
    mark(code)
        .getStatic("java/lang/Boolean", "TRUE", "Ljava/lang/Boolean;")
        .callInterface(ATTRIBUTE, "set", "(Ljava/lang/Object;)V");
  }

  private static void closeAfterIt(EntryCode code) {
    code.load(0).isA(SERVER).leaveUnless();
    code.load(2).isA(LAST_CONTENT).leaveUnless();
    mark(code).callInterface(ATTRIBUTE, "get", "()Ljava/lang/Object;").leaveIfNull();
    code.load(3).callInterface(PROMISE, "unvoid", "()L" + PROMISE + ";").store(3);
    code.load(3)
        .getStatic(LISTENER, "CLOSE", "L" + LISTENER + ";")
        .callInterface(
            PROMISE,
            "addListener",
            "(Lio/netty/util/concurrent/GenericFutureListener;)L" + PROMISE + ";")
        .drop();
  }

  private static EntryCode mark(EntryCode code) {
    return code.load(1)
        .callInterface(CONTEXT, "channel", "()L" + CHANNEL + ";")
        .constant(LAST_ANSWER)
        .callStatic(KEY, "valueOf", "(Ljava/lang/String;)L" + KEY + ";")
        .callInterface(CHANNEL, "attr", "(L" + KEY + ";)L" + ATTRIBUTE + ";");
  }

  /**
   * Says that the connection will end, refuses no stream until clients know, then closes it when
   * its last stream has ended, however long that takes.
   */
  private static void goAway(EntryCode code) {
    code.load(1)
        .callInterface(CONTEXT, "handler", "()Lio/netty/channel/ChannelHandler;")
        .isA(CONNECTION_HANDLER)
        .leaveUnless();
    connection(code).callInterface(CONNECTION, "isServer", "()Z").leaveUnless();
    connection(code).callInterface(CONNECTION, "goAwaySent", "()Z").leaveIf();
    handler(code)
        .load(1)
        .constant(Integer.MAX_VALUE)
        .constant(0L)
        .getStatic("io/netty/buffer/Unpooled", "EMPTY_BUFFER", "L" + BUFFER + ";")
        .load(1)
        .callInterface(CONTEXT, "newPromise", "()L" + PROMISE + ";")
        .call(
            CONNECTION_HANDLER,
            "goAway",
            "(L" + CONTEXT + ";IJL" + BUFFER + ";L" + PROMISE + ";)L" + FUTURE + ";")
        .drop();
    code.load(1).callInterface(CONTEXT, "flush", "()L" + CONTEXT + ";").drop();
    handler(code).constant(-1L).call(CONNECTION_HANDLER, "gracefulShutdownTimeoutMillis", "(J)V");
    code.load(1).callInterface(CONTEXT, "executor", "()L" + EXECUTOR + ";");
    closing(code)
        .constant(NOTICE_MILLIS)
        .getStatic(
            "java/util/concurrent/TimeUnit", "MILLISECONDS", "Ljava/util/concurrent/TimeUnit;")
        .callInterface(
            EXECUTOR,
            "schedule",
            "(Ljava/lang/Runnable;JLjava/util/concurrent/TimeUnit;)"
                + "Lio/netty/util/concurrent/ScheduledFuture;")
        .drop();
  }

  /** A task that closes the channel. Netty 4.1 is too old in its format for a method reference. */
  private static EntryCode closing(EntryCode code) {
    return code.typeConstant("java/lang/Runnable")
        .callStatic(
            "java/lang/invoke/MethodHandles",
            "publicLookup",
            "()Ljava/lang/invoke/MethodHandles$Lookup;")
        .typeConstant(CHANNEL)
        .constant("close")
        .typeConstant(FUTURE)
        .callStatic(
            "java/lang/invoke/MethodType",
            "methodType",
            "(Ljava/lang/Class;)Ljava/lang/invoke/MethodType;")
        .call(
            "java/lang/invoke/MethodHandles$Lookup",
            "findVirtual",
            "(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/invoke/MethodType;)"
                + "Ljava/lang/invoke/MethodHandle;")
        .load(1)
        .callInterface(CONTEXT, "channel", "()L" + CHANNEL + ";")
        .call(
            "java/lang/invoke/MethodHandle",
            "bindTo",
            "(Ljava/lang/Object;)Ljava/lang/invoke/MethodHandle;")
        .callStatic(
            "java/lang/invoke/MethodHandleProxies",
            "asInterfaceInstance",
            "(Ljava/lang/Class;Ljava/lang/invoke/MethodHandle;)Ljava/lang/Object;")
        .as("java/lang/Runnable");
  }

  private static EntryCode connection(EntryCode code) {
    return handler(code).call(CONNECTION_HANDLER, "connection", "()L" + CONNECTION + ";");
  }

  private static EntryCode handler(EntryCode code) {
    return code.load(1)
        .callInterface(CONTEXT, "handler", "()Lio/netty/channel/ChannelHandler;")
        .as(CONNECTION_HANDLER);
  }
}
