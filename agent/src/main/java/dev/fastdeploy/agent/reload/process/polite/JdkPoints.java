package dev.fastdeploy.agent.reload.process.polite;

import java.util.List;

/** The JDK's HTTP server: it closes after an answer whose headers say so. */
final class JdkPoints {

  private static final String SERVER = "sun/net/httpserver/ServerImpl";
  private static final String EXCHANGE = "sun/net/httpserver/ExchangeImpl";
  private static final String HEADERS = "com/sun/net/httpserver/Headers";

  static final List<Point> ALL =
      List.of(
          new Point(
              "JDK HTTP server",
              SERVER,
              EXCHANGE,
              "sendResponseHeaders",
              "(IJ)",
              code ->
                  code.loadInt(1)
                      .leaveIfInterim()
                      .load(0)
                      .get(EXCHANGE, "rspHdrs", "L" + HEADERS + ";")
                      .constant("Connection")
                      .constant("close")
                      .call(HEADERS, "set", "(Ljava/lang/String;Ljava/lang/String;)V")));

  private JdkPoints() {}
}
