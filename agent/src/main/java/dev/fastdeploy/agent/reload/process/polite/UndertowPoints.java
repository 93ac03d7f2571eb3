package dev.fastdeploy.agent.reload.process.polite;

import java.util.List;

/** Undertow. */
final class UndertowPoints {

  private static final String HTTP_1_LISTENER = "io/undertow/server/protocol/http/HttpOpenListener";
  private static final String HTTP_1 = "io/undertow/server/protocol/http/HttpTransferEncoding";
  private static final String EXCHANGE = "io/undertow/server/HttpServerExchange";
  private static final String HTTP_2 = "io/undertow/protocols/http2/Http2Channel";
  private static final String FRAME = "io/undertow/protocols/http2/Http2FrameHeaderParser";
  private static final String GO_AWAY = "io/undertow/protocols/http2/Http2GoAwayStreamSinkChannel";
  private static final int HEADERS = 1;

  static final List<Point> ALL =
      List.of(
          new Point(
              "Undertow HTTP/1.1",
              HTTP_1_LISTENER,
              HTTP_1,
              "createSinkConduit",
              "(L" + EXCHANGE + ";)",
              code ->
                  code.load(0)
                      .call(EXCHANGE, "getStatusCode", "()I")
                      .leaveIfInterim()
                      .load(0)
                      .constant(0)
                      .call(EXCHANGE, "setPersistent", "(Z)L" + EXCHANGE + ";")
                      .drop()),
          // Repeated for each request, which is rare: clients know that there should be no other.
          new Point(
              "Undertow HTTP/2",
              HTTP_2,
              HTTP_2,
              "createChannelImpl",
              "(Lio/undertow/server/protocol/framed/FrameHeaderData;",
              code ->
                  code.load(0)
                      .call(HTTP_2, "isClient", "()Z")
                      .leaveIf()
                      .load(1)
                      .as(FRAME)
                      .get(FRAME, "type", "I")
                      .leaveUnless(HEADERS)
                      .create(GO_AWAY)
                      .load(0)
                      .constant(0)
                      .constant(Integer.MAX_VALUE)
                      .construct(GO_AWAY, "(L" + HTTP_2 + ";II)V")
                      .twice()
                      .call(GO_AWAY, "shutdownWrites", "()V")
                      .call(GO_AWAY, "flush", "()Z")
                      .drop()),
          // Else the channel is closed when the frame has been sent, whatever it still owes.
          new Point(
              "Undertow HTTP/2",
              HTTP_2,
              GO_AWAY,
              "isLastFrame",
              "()",
              code ->
                  code.load(0)
                      .get(GO_AWAY, "lastGoodStreamId", "I")
                      .returnFalseIf(Integer.MAX_VALUE)));

  private UndertowPoints() {}
}
