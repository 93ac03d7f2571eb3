package dev.fastdeploy.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The service on Jetty: {@code JettyService --port PORT}. With {@code --tls PORT KEYS} it also
 * speaks TLS on a second port, and HTTP/2 on both.
 */
public final class JettyService {

  private static final int STOP_MILLIS = 5_000;

  private JettyService() {}

  /** Starts it. */
  public static void main(String[] arguments) throws Exception {
    InetSocketAddress address = Place.of(arguments);
    Server server = new Server(address);
    Secure.of(arguments).ifPresent(secure -> addProtocols(server, address, secure));
    server.setHandler(new Answers());
    server.setStopTimeout(STOP_MILLIS);
    server.setStopAtShutdown(true);
    server.start();
    Place.told("jetty", address);
    server.join();
  }

  private static void addProtocols(Server server, InetSocketAddress address, Secure secure) {
    server
        .getBean(ServerConnector.class)
        .addConnectionFactory(new HTTP2CServerConnectionFactory(new HttpConfiguration()));
    HttpConfiguration encrypted = new HttpConfiguration();
    SecureRequestCustomizer names = new SecureRequestCustomizer();
    names.setSniHostCheck(false);
    encrypted.addCustomizer(names);
    SslContextFactory.Server keys = new SslContextFactory.Server();
    keys.setKeyStorePath(secure.keys());
    keys.setKeyStorePassword(Secure.PASSWORD);
    ServerConnector connector =
        new ServerConnector(server, keys, new HttpConnectionFactory(encrypted));
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(secure.port());
    server.addConnector(connector);
  }

  private static final class Answers extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Optional<Parts> parts = Parts.of(Request.getPathInContext(request));
      if (parts.isPresent()) {
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
          parts.get().writeTo(out);
        }
        callback.succeeded();
        return true;
      }
      if (request.getMethod().equals("POST")) {
        Content.Source.consumeAll(request);
      }
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
