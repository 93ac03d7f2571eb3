package dev.fastdeploy.agent.reload.process.polite;

import java.util.List;

/** Jetty: HTTP/1.1 of 9.4 and later, HTTP/2 of 10 and later. */
final class JettyPoints {

  private static final String HTTP_1_FACTORY = "org/eclipse/jetty/server/HttpConnectionFactory";
  private static final String HTTP_2_FACTORY =
      "org/eclipse/jetty/http2/server/AbstractHTTP2ServerConnectionFactory";
  private static final String HTTP_1 = "org/eclipse/jetty/http/HttpGenerator";
  private static final String RESPONSE = "org/eclipse/jetty/http/MetaData$Response";
  private static final String HTTP_2 = "org/eclipse/jetty/http2/HTTP2Session";

  static final List<Point> ALL =
      List.of(
          // Only before an answer begins: it has promised what its headers said.
          new Point(
              "Jetty HTTP/1.1",
              HTTP_1_FACTORY,
              HTTP_1,
              "generateResponse",
              "(L" + RESPONSE + ";",
              code ->
                  code.load(1)
                      .leaveIfNull()
                      .load(1)
                      .call(RESPONSE, "getStatus", "()I")
                      .leaveIfInterim()
                      .load(0)
                      .call(HTTP_1, "isIdle", "()Z")
                      .leaveUnless()
                      .load(0)
                      .getStatic("java/lang/Boolean", "FALSE", "Ljava/lang/Boolean;")
                      .set(HTTP_1, "_persistent", "Ljava/lang/Boolean;")),
          // The new stream is counted here: a session without any would end at once.
          new Point(
              "Jetty HTTP/2",
              HTTP_2_FACTORY,
              HTTP_2,
              "notifyNewStream",
              "(Lorg/eclipse/jetty/http2/api/Stream;",
              code ->
                  code.load(0)
                      .call(HTTP_2, "shutdown", "()Ljava/util/concurrent/CompletableFuture;")
                      .drop()));

  private JettyPoints() {}
}
