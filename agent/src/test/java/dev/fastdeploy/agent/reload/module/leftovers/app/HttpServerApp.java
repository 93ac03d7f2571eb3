package dev.fastdeploy.agent.reload.module.leftovers.app;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Leaves a server running. */
public final class HttpServerApp implements Runnable {

  @Override
  public void run() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
      server.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
