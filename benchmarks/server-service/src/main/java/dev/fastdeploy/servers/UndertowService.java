package dev.fastdeploy.servers;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;

/** The service on Undertow: {@code UndertowService --port PORT}. */
public final class UndertowService {

  private static final HttpString PROCESS = new HttpString(Answer.PROCESS);
  private static final long STOP_MILLIS = 5_000;

  private UndertowService() {}

  /** Starts it; its threads keep the JVM alive. */
  public static void main(String[] arguments) {
    InetSocketAddress address = Place.of(arguments);
    GracefulShutdownHandler handler = Handlers.gracefulShutdown(UndertowService::answer);
    Undertow server =
        Undertow.builder()
            .addHttpListener(address.getPort(), address.getAddress().getHostAddress())
            .setHandler(handler)
            .build();
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, handler), "undertow-stop"));
    Place.told("undertow", address);
  }

  private static void answer(HttpServerExchange exchange) {
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
