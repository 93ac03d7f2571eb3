package dev.fastdeploy.agent.reload.process.polite;

import java.util.List;

/** Tomcat 8.5 and later. */
final class TomcatPoints {

  private static final String HTTP_1_PROTOCOL = "org/apache/coyote/http11/AbstractHttp11Protocol";
  private static final String HTTP_2_PROTOCOL = "org/apache/coyote/http2/Http2Protocol";
  private static final String HTTP_1 = "org/apache/coyote/http11/Http11Processor";
  private static final String HTTP_2 = "org/apache/coyote/http2/Http2UpgradeHandler";
  private static final String RESPONSE = "org/apache/coyote/Response";

  /** When a paused connection begins to refuse streams; else after one round trip. */
  private static final long NEVER = Long.MAX_VALUE / 2;

  static final List<Point> ALL =
      List.of(
          new Point(
              "Tomcat HTTP/1.1",
              HTTP_1_PROTOCOL,
              HTTP_1,
              "prepareResponse",
              "()",
              code ->
                  code.load(0)
                      .get(HTTP_1, "response", "L" + RESPONSE + ";")
                      .call(RESPONSE, "getStatus", "()I")
                      .leaveIfInterim()
                      .load(0)
                      .constant(0)
                      .set(HTTP_1, "keepAlive", "Z")),
          // Not at the start of the headers: paused there, it might refuse this request.
          new Point(
              "Tomcat HTTP/2",
              HTTP_2_PROTOCOL,
              HTTP_2,
              "headersEnd",
              "(I",
              code ->
                  code.load(0)
                      .call(HTTP_2, "pause", "()V")
                      .load(0)
                      .constant(NEVER)
                      .set(HTTP_2, "pausedNanoTime", "J")));

  private TomcatPoints() {}
}
