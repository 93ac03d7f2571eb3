package dev.fastdeploy.servers;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * The service on Undertow: {@code UndertowService --port PORT}. With {@code --tls PORT KEYS} it
 * also speaks TLS on a second port, and HTTP/2 on both.
 */
public final class UndertowService {

  private static final HttpString PROCESS = new HttpString(Answer.PROCESS);
  private static final long STOP_MILLIS = 5_000;

  private UndertowService() {}

  /** Starts it; its threads keep the JVM alive. */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    InetSocketAddress address = Place.of(arguments);
    GracefulShutdownHandler handler = Handlers.gracefulShutdown(UndertowService::answer);
    String host = address.getAddress().getHostAddress();
    Undertow.Builder builder =
        Undertow.builder().addHttpListener(address.getPort(), host).setHandler(handler);
    Optional<Secure> secure = Secure.of(arguments);
    if (secure.isPresent()) {
      builder
          .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
          .addHttpsListener(secure.get().port(), host, secure.get().context());
    }
    Undertow server = builder.build();
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, handler), "undertow-stop"));
    Place.told("undertow", address);
  }

  private static void answer(HttpServerExchange exchange) throws IOException {
    Optional<Parts> parts = Parts.of(exchange.getRequestPath());
    boolean slow = parts.isPresent() || exchange.getRequestMethod().equals(Methods.POST);
    if (slow && exchange.isInIoThread()) {
      exchange.dispatch(UndertowService::answer);
      return;
    }
    if (slow) {
      exchange.startBlocking();
      exchange.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
    if (parts.isPresent()) {
      parts.get().writeTo(exchange.getOutputStream());
      exchange.endExchange();
      return;
    }
    Answer answer = Answer.to(exchange.getRequestPath());
    exchange.setStatusCode(answer.status());
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, Answer.TYPE);
    exchange.getResponseHeaders().put(PROCESS, Answer.PID);
    exchange.getResponseSender().send(answer.text());
  }

  private static void stop(Undertow server, GracefulShutdownHandler handler) {
    handler.shutdown();
    try {
      handler.awaitShutdown(STOP_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    server.stop();
  }
}
