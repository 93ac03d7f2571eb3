package dev.fastdeploy.servers;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** The service on Jetty: {@code JettyService --port PORT}. */
public final class JettyService {

  private static final int STOP_MILLIS = 5_000;

  private JettyService() {}

  /** Starts it. */
  public static void main(String[] arguments) throws Exception {
    InetSocketAddress address = Place.of(arguments);
    Server server = new Server(address);
    server.setHandler(new Answers());
    server.setStopTimeout(STOP_MILLIS);
    server.setStopAtShutdown(true);
    server.start();
    Place.told("jetty", address);
    server.join();
  }

  private static final class Answers extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Answer answer = Answer.to(Request.getPathInContext(request));
      byte[] body = answer.bytes();
      response.setStatus(answer.status());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, Answer.TYPE);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
      response.getHeaders().put(Answer.PROCESS, Answer.PID);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }
}
